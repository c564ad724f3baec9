namespace ContextVars;

public sealed partial class ContextVar<T>
{
    /// <summary>Runs a body with a value, and restores what was there before when it returns or throws.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    public void With(T value, Action body)
    {
        ArgumentNullException.ThrowIfNull(body);

        using (Set(value))
            body();
    }

    /// <summary>Runs a body with a value, and restores what was there before when it returns or throws.</summary>
    /// <remarks>A body that returns a <see cref="Task"/> keeps the value to its end, while this flow is restored as soon as the task
    /// is returned. A binding with <see cref="ContextVarOptions.BoundedLifetime"/> ends when the task completes; with any other
    /// awaitable, such as <c>ValueTask</c>, when the body returns it.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    public TResult With<TResult>(T value, Func<TResult> body)
    {
        ArgumentNullException.ThrowIfNull(body);

        return With(value, body, static body => body());
    }

    /// <summary>Runs a body with a value and an argument, which saves a closure; else as <see cref="With{TResult}(T, Func{TResult})"/>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    public TResult With<TArg, TResult>(T value, TArg arg, Func<TArg, TResult> body)
    {
        ArgumentNullException.ThrowIfNull(body);

#pragma warning disable CTX101 // Restore is the reset
        var token = Set(value);
#pragma warning restore CTX101
        var running = false;
        try
        {
            var result = body(arg);
            if (_isBounded && result is Task { IsCompleted: false } task)
            {
                running = true;
                task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(token.End);
            }

            return result;
        }
        finally
        {
            token.Restore(this, end: !running);
        }
    }
}
