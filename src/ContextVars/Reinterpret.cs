using System.Runtime.CompilerServices;

namespace ContextVars;

/// <summary>A cast that is known to succeed, because the index of a variable implies the type of what is stored there.</summary>
internal static class Reinterpret
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T As<T>(object value)
        where T : class
#if NET
        => Unsafe.As<T>(value);
#else
        => (T)value;
#endif
}
