// What records and list patterns ask for and netstandard2.0 lacks. Written here because PolySharp emits its types in an order
// that changes from build to build, and what we ship is the same bytes each time.

namespace System
{
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;
    }
}

namespace System.Runtime.CompilerServices
{
    internal static class IsExternalInit;
}
