using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace ContextVars;

/// <summary>A mapping of variables to values, which code can be run in.</summary>
/// <remarks>
/// <para>It holds <see cref="ContextVar"/>s only: other <see cref="AsyncLocal{T}"/> values, such as the culture or
/// <c>Activity.Current</c>, are what they are in the flow that calls <see cref="Run(Action)"/>. A default is no part of it.</para>
/// <para>Safe for concurrent use, but only one flow at a time may run in it. Ports <c>contextvars.Context</c> (PEP 567, section
/// "contextvars.Context"). Compared by identity: see <see cref="ContentEquals"/>.</para>
/// </remarks>
[DebuggerDisplay("Count = {Count}")]
[DebuggerTypeProxy(typeof(ContextDebugView))]
[SuppressMessage("Naming", "CA1710", Justification = "PEP 567's name; that it is a mapping is not what it is for.")]
public sealed partial class Context
{
    private volatile Root _root;

    /// <summary>The thread that is running in this context; 0 for none. What it runs synchronously is the one flow that may change it.</summary>
    private int _enteredBy;

    /// <summary>Makes a context without any values.</summary>
    /// <remarks>PEP 567, section "contextvars.Context": <c>Context()</c>.</remarks>
    public Context()
        : this(Map.None)
    {
    }

    private Context(Root root) => _root = root.OwnedBy(null);

    /// <summary>What the context holds now. While code runs in it, that is the current root of that code's flow.</summary>
    private Root Content =>
        Volatile.Read(ref _enteredBy) == Environment.CurrentManagedThreadId && Root.Current is var current && current.Owner == this
            ? current
            : _root;

    /// <summary>A context with the values of the current flow (Python: <c>copy_context()</c>). Takes constant time.</summary>
    /// <remarks>PEP 567, section "contextvars.Context": <c>copy_context()</c>.</remarks>
    public static Context CopyCurrent() => new(Root.Current);

    /// <summary>A context with the same values as this one. Takes constant time.</summary>
    /// <remarks>PEP 567, section "contextvars.Context": <c>copy()</c>.</remarks>
    public Context Copy() => new(Content);

    /// <summary>A context with the same values as this one, but for one variable.</summary>
    /// <remarks>PEP 567 has no counterpart.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="variable"/> is null.</exception>
    public Context With<T>(ContextVar<T> variable, T value)
    {
        ArgumentNullException.ThrowIfNull(variable);

        var content = Content;
        return new Context(content.With(variable.SlotFor(value, content)));
    }

    /// <summary>Runs a body in this context. What it sets is kept in the context, also when it throws, and nowhere else.</summary>
    /// <remarks>PEP 567, section "contextvars.Context": <c>run()</c>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A body is running in this context, on this thread or another
    /// (Python: <c>RuntimeError</c>). To run several, <see cref="Copy"/> it.</exception>
    public void Run(Action body)
    {
        ArgumentNullException.ThrowIfNull(body);

        Run(body, static body =>
        {
            body();
            return true;
        });
    }

    /// <summary>Runs a body in this context. What it sets is kept in the context, also when it throws, and nowhere else.</summary>
    /// <remarks>A body that returns a task runs in the context to its end. What it sets before its first suspension outside of any
    /// <c>async</c> method is kept; what an <c>async</c> method sets never leaves that method.
    /// PEP 567, section "contextvars.Context": <c>run()</c>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A body is running in this context, on this thread or another.</exception>
    public TResult Run<TResult>(Func<TResult> body)
    {
        ArgumentNullException.ThrowIfNull(body);

        return Run(body, static body => body());
    }

    /// <summary>Runs a body with an argument in this context, which saves a closure; else as <see cref="Run{TResult}(Func{TResult})"/>.</summary>
    /// <remarks>PEP 567, section "contextvars.Context": <c>run()</c> with an argument.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A body is running in this context, on this thread or another.</exception>
    public TResult Run<TArg, TResult>(TArg arg, Func<TArg, TResult> body)
    {
        ArgumentNullException.ThrowIfNull(body);

        if (Interlocked.CompareExchange(ref _enteredBy, Environment.CurrentManagedThreadId, 0) != 0)
            throw new InvalidOperationException("A body is already running in this Context. Copy() it to run several.");

        var outer = Root.Current;
        outer.Owner?.Record(outer);
        var entry = Change.Write(outer, _root.OwnedBy(this));
        try
        {
            return body(arg);
        }
        finally
        {
            Record(Root.Current);
            if (!entry.TryUndo())
                Root.Current = outer;

            Volatile.Write(ref _enteredBy, 0);
        }
    }

    /// <summary>Takes over what the flow that runs in this context has set; not what a flow forked from it has.</summary>
    private void Record(Root root)
    {
        if (root.Owner == this && Volatile.Read(ref _enteredBy) == Environment.CurrentManagedThreadId)
            _root = root;
    }
}
