using ContextVars;

namespace ValidCode.Ambient;

/// <summary>A scope over one variable: the token moves into the scope, whose Dispose resets it.</summary>
public sealed class UnitOfWork : IDisposable
{
    private static readonly ContextVar<UnitOfWork?> CurrentVariable = new("unit_of_work", null);

    private readonly Token<UnitOfWork?> _token;
    private readonly Lock _sync = new();
    private readonly List<string> _changes = [];
    private bool _disposed;

    public UnitOfWork()
    {
        _token = CurrentVariable.Set(this);
    }

    public static UnitOfWork? Current => CurrentVariable.Get();

    public IReadOnlyList<string> Changes
    {
        get
        {
            lock (_sync)
            {
                return [.. _changes];
            }
        }
    }

    public void Add(string change)
    {
        lock (_sync)
        {
            _changes.Add(change);
        }
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            CurrentVariable.Reset(_token);
        }
    }
}

public static class Audit
{
    private static readonly ContextVar<string> Actor = new("actor", "system");
    private static readonly ContextVar<int> Depth = new("depth", 0);

    public static string By => Actor.Get();

    public static async Task<T> AsAsync<T>(string actor, Func<Task<T>> action)
    {
        using Token<string> token = Actor.Set(actor);
        return await action();
    }

    public static T As<T>(string actor, Func<T> action)
    {
        var token = Actor.Set(actor);
        try
        {
            return action();
        }
        finally
        {
            Actor.Reset(token);
        }
    }

    /// <summary>Two variables, undone in the opposite order.</summary>
    public static async Task NestedAsync(string actor, Func<Task> action)
    {
        var outer = Actor.Set(actor);
        try
        {
            var inner = Depth.Set(Depth.Get() + 1);
            try
            {
                await action();
            }
            finally
            {
                Depth.Reset(inner);
            }
        }
        finally
        {
            Actor.Reset(outer);
        }
    }

    /// <summary>Set only if it is not, reset only if set.</summary>
    public static async Task EnsureAsync(string actor, Func<Task> action)
    {
        Token<string>? token = Actor.Get().Length == 0 ? Actor.Set(actor) : null;
        try
        {
            await action();
        }
        finally
        {
            if (token is { } set)
            {
                Actor.Reset(set);
            }
        }
    }

    /// <summary>In a loop: each turn has its own token.</summary>
    public static async Task EachAsync(IEnumerable<string> actors, Func<string, Task> action)
    {
        foreach (string actor in actors)
        {
            using var _ = Actor.Set(actor);
            await action(actor);
        }
    }

    public static void Switch(int kind, Action action)
    {
        switch (kind)
        {
            case 0:
                using (Actor.Set("zero"))
                {
                    action();
                }

                break;
            default:
                Actor.With("other", action);
                break;
        }
    }
}
