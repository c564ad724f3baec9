namespace ContextVars;

public sealed partial class Context
{
    /// <summary>Binds a callback to the values that are set now, whoever calls it. Each call runs in a copy of its own, so calls may
    /// overlap, and what one sets is gone when it returns.</summary>
    /// <remarks>PEP 567 has no counterpart; <c>functools.partial(ctx.run, callback)</c> comes near. The result may be called concurrently.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    public static Action Wrap(Action callback)
    {
        var context = CopyFor(callback);
        return () => context.Copy().Run(callback);
    }

    /// <inheritdoc cref="Wrap(Action)"/>
    public static Action<T> Wrap<T>(Action<T> callback)
    {
        var context = CopyFor(callback);
        return argument => context.Copy().Run(() => callback(argument));
    }

    /// <inheritdoc cref="Wrap(Action)"/>
    public static Func<TResult> Wrap<TResult>(Func<TResult> callback)
    {
        var context = CopyFor(callback);
        return () => context.Copy().Run(callback);
    }

    /// <inheritdoc cref="Wrap(Action)"/>
    public static EventHandler Wrap(EventHandler callback)
    {
        var context = CopyFor(callback);
        return (sender, e) => context.Copy().Run(() => callback(sender, e));
    }

    /// <inheritdoc cref="Wrap(Action)"/>
    public static EventHandler<TEventArgs> Wrap<TEventArgs>(EventHandler<TEventArgs> callback)
    {
        var context = CopyFor(callback);
        return (sender, e) => context.Copy().Run(() => callback(sender, e));
    }

    private static Context CopyFor(Delegate callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return CopyCurrent();
    }
}
