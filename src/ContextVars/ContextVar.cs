using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ContextVars;

/// <summary>A variable whose value belongs to one logical flow of execution, seen without its type: the key of a <see cref="Context"/>.
/// Compared by identity.</summary>
/// <remarks>Safe for concurrent use. Ports <c>contextvars.ContextVar</c> (PEP 567, section "contextvars.ContextVar").</remarks>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public abstract class ContextVar
{
    private static int s_created = -1;

    private protected ContextVar(string name)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Index = Interlocked.Increment(ref s_created);
    }

    /// <summary>The name given to the constructor: for people who read logs and debuggers, not a key. It need not be unique.</summary>
    /// <remarks>PEP 567, section "contextvars.ContextVar": <c>name</c>.</remarks>
    public string Name { get; }

    /// <summary>The type of the values.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Whether <c>Get</c> has something to return where no value is set.</summary>
    public abstract bool HasDefault { get; }

    /// <summary>Whether a value is set in the current flow. A default does not count.</summary>
    public bool IsSet => Root.Current.Find(this) is { IsEnded: false };

    /// <summary>The place of this variable in every <see cref="Root"/>: dense, never reused.</summary>
    internal int Index { get; }

    private protected abstract string DebuggerDisplay { get; }

    /// <summary>Makes a variable with a default, named after the member it initializes:
    /// <c>static readonly ContextVar&lt;int&gt; Depth = ContextVar.Create(0);</c></summary>
    /// <remarks>PEP 567, section "contextvars.ContextVar", with the name supplied.</remarks>
    /// <param name="defaultValue">What <c>Get</c> returns where no value is set. All flows share it, so it should be immutable.</param>
    /// <param name="options">How the variable treats its values.</param>
    /// <param name="name">The name; the compiler supplies that of the member.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public static ContextVar<T> Create<T>(T defaultValue, ContextVarOptions options = ContextVarOptions.None, [CallerMemberName] string name = "") =>
        new(name, defaultValue, options);

    /// <summary>Makes a variable without a default, named after the member it initializes:
    /// <c>static readonly ContextVar&lt;User&gt; CurrentUser = ContextVar.CreateRequired&lt;User&gt;();</c></summary>
    /// <remarks>PEP 567, section "contextvars.ContextVar", with the name supplied.</remarks>
    /// <param name="options">How the variable treats its values.</param>
    /// <param name="name">The name; the compiler supplies that of the member.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public static ContextVar<T> CreateRequired<T>(ContextVarOptions options = ContextVarOptions.None, [CallerMemberName] string name = "") =>
        new(options, name);
}
