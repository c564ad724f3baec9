using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using ContextVars;

namespace ValidCode.Ambient;

/// <summary>A transaction that code further down finds without being given it.</summary>
public sealed class AmbientTransaction : IAsyncDisposable
{
    private static readonly ContextVar<AmbientTransaction?> Variable = new("transaction", null);

    private readonly DbTransaction _transaction;
    private readonly AmbientTransaction? _outer;
    private Token<AmbientTransaction?> _token;
    private bool _completed;

    private AmbientTransaction(DbTransaction transaction)
    {
        _transaction = transaction;
        _outer = Variable.Get();
    }

    public static AmbientTransaction? Current => Variable.Get();

    public int Depth => _outer is null ? 1 : _outer.Depth + 1;

    /// <summary>Not async where it sets the value: an async method would take it back on return.</summary>
    public static AmbientTransaction Begin(DbConnection connection, IsolationLevel level = IsolationLevel.ReadCommitted)
    {
        var transaction = new AmbientTransaction(connection.BeginTransaction(level));
        transaction._token = Variable.Set(transaction);
        return transaction;
    }

    public void Complete() => _completed = true;

    /// <summary>Resets in the flow of whoever disposes; what is awaited comes after.</summary>
    public ValueTask DisposeAsync()
    {
        Variable.Reset(_token);
        return FinishAsync();
    }

    private async ValueTask FinishAsync()
    {
        if (_completed)
        {
            await _transaction.CommitAsync();
        }
        else
        {
            await _transaction.RollbackAsync();
        }

        await _transaction.DisposeAsync();
    }
}

public sealed class Orders(Func<DbConnection> connect)
{
    public async Task PlaceAsync(string id, decimal amount)
    {
        await using DbConnection connection = connect();
        await connection.OpenAsync();
        await using AmbientTransaction transaction = AmbientTransaction.Begin(connection);
        await ExecuteAsync(connection, "insert into orders values (@id)", ("@id", id));
        await ExecuteAsync(connection, "insert into ledger values (@amount)", ("@amount", amount));
        transaction.Complete();
    }

    private static async Task ExecuteAsync(DbConnection connection, string text, (string Name, object Value) argument)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = $"{text} -- depth {AmbientTransaction.Current?.Depth}";
        DbParameter parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = argument;
        command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>Names of what is under way, outermost first. The stack is immutable: each flow has its own.</summary>
public static class Trail
{
    private static readonly ContextVar<ImmutableStack<string>> Steps = new("trail", ImmutableStack<string>.Empty);
    private static readonly AsyncLocal<ImmutableDictionary<string, object?>?> Properties = new();

    public static string Text => string.Join(" > ", Steps.Get().Reverse());

    public static IReadOnlyDictionary<string, object?> All => Properties.Value ?? ImmutableDictionary<string, object?>.Empty;

    public static Step Enter(string name) => new(name);

    /// <summary>The same with the framework alone: what was there is kept in the scope.</summary>
    public static IDisposable Push(string key, object? value)
    {
        var scope = new Bookmark(Properties.Value);
        Properties.Value = (Properties.Value ?? ImmutableDictionary<string, object?>.Empty).SetItem(key, value);
        return scope;
    }

    /// <summary>A struct that cannot be kept: the compiler sees to it that it ends where it began.</summary>
    public readonly ref struct Step
    {
        private readonly Token<ImmutableStack<string>> _token;

        internal Step(string name) => _token = Steps.Set(Steps.Get().Push(name));

        public void Dispose() => Steps.Reset(_token);
    }

    private sealed class Bookmark(ImmutableDictionary<string, object?>? before) : IDisposable
    {
        public void Dispose() => Properties.Value = before;
    }
}

/// <summary>A pair that a framework calls: what Begin sets, End resets.</summary>
public abstract class Operation
{
    private static readonly ContextVar<string> Name = new("operation", "idle");

    private Token<string> _token;

    public static string Running => Name.Get();

    public void Begin() => _token = Name.Set(GetType().Name);

    public void End() => Name.TryReset(_token);

    public void Execute()
    {
        Begin();
        try
        {
            using (Trail.Enter(Running))
            {
                Run();
            }
        }
        finally
        {
            End();
        }
    }

    protected abstract void Run();
}

/// <summary>Several tokens of several types in one scope, given back from the last to the first.</summary>
public sealed class Impersonation : IDisposable
{
    private static readonly ContextVar<string> User = new("user", "nobody");
    private static readonly ContextVar<ImmutableArray<string>> Roles = new("roles", []);

    private readonly List<IDisposable> _undo = [];

    public Impersonation(string user, IEnumerable<string> roles)
    {
        _undo.Add(User.Set(user));
        _undo.Add(Roles.Set([.. roles]));
        _undo.Add(Trail.Push("user", user));
    }

    public static bool Has(string role) => Roles.Get().Contains(role);

    public static string Describe() => $"{User.Get()} in {Roles.Get().Length} roles";

    public void Dispose()
    {
        for (int last = _undo.Count - 1; last >= 0; last--)
        {
            _undo[last].Dispose();
        }

        _undo.Clear();
    }
}
