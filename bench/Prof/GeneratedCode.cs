namespace ContextAnalyzers.Bench;

/// <summary>The files of the generated subject; {n} is the file's number.</summary>
internal static class GeneratedCode
{
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    public const string FlowState = """
        using ContextVars;

        namespace Service{n};

        public static class Current
        {
            [ThreadStatic] private static string? t_user;
            private static readonly ThreadLocal<string?> Tenant = new();
            private static readonly AsyncLocal<string?> Culture = new();
            public static readonly ContextVar<string> Trace = new("trace", "none");

            public static string? RequestId { get; set; }
            public static string? User { get => t_user; set => t_user = value; }
            public static string? TenantName { get => Tenant.Value; set => Tenant.Value = value; }
            public static void Enter(string culture) => Culture.Value = culture;
        }

        public sealed class Handler(Func<string, Task<int>> next)
        {
            private static readonly Dictionary<string, int> Seen = new();
            private static int s_handled;
            private static string? s_last;

            public async Task<int> HandleAsync(string id, string user)
            {
                Current.RequestId = id;
                Current.User = user;
                Current.TenantName = user;
                s_handled++;
                var result = await next(id).ConfigureAwait(false);
                Seen[id] = result;
                return result + (Current.User?.Length ?? 0) + (Current.RequestId?.Length ?? 0);
            }

            public async Task<int> RestoreAsync(string id)
            {
                var old = s_last;
                s_last = id;
                try
                {
                    return await next(id).ConfigureAwait(false);
                }
                finally
                {
                    s_last = old;
                }
            }

            public async Task<int> TraceAsync(string trace)
            {
                var token = Current.Trace.Set(trace);
                try
                {
                    return await next(Current.Trace.Get()).ConfigureAwait(false);
                }
                finally
                {
                    Current.Trace.Reset(token);
                }
            }

            public Task<int> LeakAsync(string trace)
            {
                Current.Trace.Set(trace);
                Current.Enter(trace);
                return next(trace);
            }

            public int Late(string trace)
            {
                var token = Current.Trace.Set(trace);
                var length = trace.Trim().Length;
                Current.Trace.Reset(token);
                return length;
            }
        }
        """;

    public const string Plain = """
        namespace Service{n};

        public sealed record Order(int Id, string Customer, decimal Amount, DateTimeOffset Placed);

        public interface IOrders
        {
            Task<Order?> FindAsync(int id, CancellationToken cancellationToken);
            IAsyncEnumerable<Order> ListAsync(string customer, CancellationToken cancellationToken);
        }

        public sealed class OrderService(IOrders orders, TextWriter log)
        {
            private static readonly string[] Separators = [",", ";"];
            private readonly Dictionary<int, Order> _recent = new();
            private readonly SemaphoreSlim _gate = new(1);

            public async Task<Order?> GetAsync(int id, CancellationToken cancellationToken)
            {
                if (_recent.TryGetValue(id, out var known))
                    return known;

                await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
                try
                {
                    var order = await orders.FindAsync(id, cancellationToken).ConfigureAwait(false);
                    if (order is null)
                    {
                        await log.WriteLineAsync($"order {id} is unknown").ConfigureAwait(false);
                        return null;
                    }

                    _recent[id] = order;
                    return order;
                }
                finally
                {
                    _gate.Release();
                }
            }

            public async Task<decimal> TotalAsync(string customer, DateTimeOffset since, CancellationToken cancellationToken)
            {
                var total = 0m;
                await foreach (var order in orders.ListAsync(customer, cancellationToken).ConfigureAwait(false))
                {
                    if (order.Placed >= since)
                        total += order.Amount;
                }

                return decimal.Round(total, 2);
            }

            public IReadOnlyList<(string Key, string Value)> Parse(string text)
            {
                var pairs = new List<(string, string)>();
                foreach (var part in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
                {
                    var position = part.IndexOf('=', StringComparison.Ordinal);
                    if (position <= 0)
                        throw new FormatException($"'{part}' has no key");

                    pairs.Add((part[..position].Trim(), part[(position + 1)..].Trim()));
                }

                return pairs.OrderBy(pair => pair.Item1, StringComparer.Ordinal).ToList();
            }

            public string Describe(IEnumerable<Order> list)
            {
                var groups =
                    from order in list
                    where order.Amount > 0
                    group order by order.Customer into byCustomer
                    orderby byCustomer.Key
                    select $"{byCustomer.Key}: {byCustomer.Sum(order => order.Amount)}";

                return string.Join(Environment.NewLine, groups);
            }
        }
        """;
}
