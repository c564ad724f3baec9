using System.Diagnostics.CodeAnalysis;
using ContextVars;

namespace ValidCode.Ambient;

/// <summary>Every way that a token comes to its end.</summary>
public static class Priority
{
    private static readonly ContextVar<int> Level = new("priority", 0);
    private static readonly ContextVar<string> Reason = new("reason", "");
    private static readonly ContextVar<bool> Forced = new("forced", false);

    public static int Current => Level.Get();

    public static ReadOnlyContextVar<int> Variable => Level.AsReadOnly();

    /// <summary>The caller has the duty.</summary>
    public static Token<int> Raise() => Level.Set(Level.Get() + 1);

    public static Token<int> Raise(int by)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(by);
        Token<int> token = Level.Set(Level.Get() + by);
        return token;
    }

    /// <summary>The same through a parameter.</summary>
    public static bool TryRaise(int limit, out Token<int> token)
    {
        if (Level.Get() >= limit)
        {
            token = default;
            return false;
        }

        token = Level.Set(Level.Get() + 1);
        return true;
    }

    /// <summary>A scope that does nothing is a scope, too.</summary>
    public static IDisposable? RaiseFor(string? reason) => string.IsNullOrEmpty(reason) ? null : Reason.Set(reason);

    public static async Task<T> WithAsync<T>(int level, string reason, bool force, Func<Task<T>> action)
    {
        using var levelToken = Level.Set(level);
        using var reasonToken = Reason.Set(reason);
        using Token<bool>? forceToken = force ? Forced.Set(true) : null;
        return await action();
    }

    /// <summary>As many as there are, in a collection that is emptied from its end.</summary>
    public static async Task NestAsync(IReadOnlyList<int> levels, Func<Task> action)
    {
        var tokens = new Stack<Token<int>>(levels.Count);
        try
        {
            foreach (int level in levels)
            {
                tokens.Push(Level.Set(level));
            }

            await action();
        }
        finally
        {
            while (tokens.TryPop(out Token<int> token))
            {
                Level.Reset(token);
            }
        }
    }

    /// <summary>Set under a condition, reset under the same one.</summary>
    public static async Task<int> MeasureAsync(bool urgent, Func<Task<int>> work)
    {
        Token<int> token = default;
        if (urgent)
        {
            token = Level.Set(10);
        }

        try
        {
            return await work();
        }
        finally
        {
            if (urgent)
            {
                Level.Reset(token);
            }
        }
    }

    /// <summary>In another order, told apart by a flag that is set with the token.</summary>
    public static void Escalate(Func<bool> step)
    {
        Token<int> token = default;
        bool raised = false;
        try
        {
            while (!step())
            {
                if (!raised)
                {
                    token = Level.Set(Level.Get() + 1);
                    raised = true;
                }
            }
        }
        finally
        {
            if (raised)
            {
                Level.Reset(token);
            }
        }
    }

    /// <summary>A path that never comes back needs no reset.</summary>
    public static int Require(int minimum)
    {
        Token<string> token = Reason.Set($"at least {minimum}");
        try
        {
            if (Level.Get() < minimum)
            {
                Fail(Reason.Get());
            }

            return Level.Get();
        }
        finally
        {
            Reason.Reset(token);
        }
    }

    public static void Each(IEnumerable<(int Level, Action Run)> actions)
    {
        foreach ((int level, Action run) in actions)
        {
            if (level < 0)
            {
                continue;
            }

            Token<int> token = Level.Set(level);
            try
            {
                run();
                if (level > 100)
                {
                    break;
                }
            }
            finally
            {
                Level.Reset(token);
            }
        }
    }

    /// <summary>A task keeps the value it was started with, whatever happens to this flow meanwhile.</summary>
    public static Task StartAsync(int level, Func<Task> action)
    {
        using (Level.Set(level))
        {
            return RunAsync(action);
        }
    }

    public static T Run<T>(int level, Func<T> body) => Level.With(level, body);

    /// <summary>Used up in one statement.</summary>
    public static string Describe(int level)
    {
        using (Level.Set(level))
        using (Reason.Set("described"))
            return $"{Level.Get()} because {Reason.Get()}";
    }

    private static async Task RunAsync(Func<Task> action)
    {
        await Task.Yield();
        await action();
    }

    [DoesNotReturn]
    private static void Fail(string reason) => throw new InvalidOperationException(reason);
}

/// <summary>Callers of the methods above.</summary>
public sealed class Ticket(string id)
{
    public async Task<string> HandleAsync(Func<string, Task<string>> handle)
    {
        Token<int> token = Priority.Raise(2);
        try
        {
            return await handle(id);
        }
        finally
        {
            token.Dispose();
        }
    }

    public async Task<string?> TryHandleAsync(Func<string, Task<string>> handle)
    {
        if (!Priority.TryRaise(5, out Token<int> token))
        {
            return null;
        }

        try
        {
            return await handle(id);
        }
        finally
        {
            token.Dispose();
        }
    }

    public async Task ExplainAsync(string? reason, Func<Task> action)
    {
        using IDisposable? scope = Priority.RaiseFor(reason);
        await action();
    }

    public int Check() => Priority.Variable.Get() + Priority.Require(0);
}
