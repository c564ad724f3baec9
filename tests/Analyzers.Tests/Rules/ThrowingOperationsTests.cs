using Verify = ContextAnalyzers.Tests.Verify<
    ContextAnalyzers.Rules.ResetNotOnEveryPathAnalyzer, ContextAnalyzers.CodeFixes.ResetTokenCodeFix>;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>What between a Set and its Reset may throw, so that the value stays set, and what counts as safe.</summary>
public class ThrowingOperationsTests
{
    private const string Members = """
        event Action Changed { add { } remove { } }
        int Auto { get; set; }
        int Checked { get => 1; set => Work(); }
        int _field;

        struct Money
        {
            public static Money operator +(Money left, Money right) => left;
            public static Money operator ++(Money money) => money;
            public static Money operator -(Money money) => money;
            public static explicit operator int(Money money) => 1;
        }

        static class GC { public static void Collect() { } }

        """;

    [Theory]
    [InlineData("_ = dynamic.Name;")]
    [InlineData("dynamic.Work();")]
    [InlineData("_ = dynamic[1];")]
    [InlineData("_ = new Uri(dynamic);")]
    [InlineData("Changed += Work;")]
    [InlineData("_ = n / m;")]
    [InlineData("_ = n % m;")]
    [InlineData("n /= m;")]
    [InlineData("n %= m;")]
    [InlineData("_ = 1m / n;")]
    [InlineData("_ = checked((byte)n);")]
    [InlineData("_ = (int)o;")]
    [InlineData("_ = (string)o;")]
    [InlineData("_ = (int)money;")]
    [InlineData("_ = -money;")]
    [InlineData("_ = money + money;")]
    [InlineData("money += money;")]
    [InlineData("_ = $\"{n}\";")]
    [InlineData("_ = text[n];")]
    [InlineData("_ = text[1..];")]
    [InlineData("_ = text[^1];")]
    [InlineData("_ = list[^1];")]
    [InlineData("_ = array[1..];")]
    [InlineData("Checked = 1;")]
    [InlineData("Checked += 1;")]
    [InlineData("Checked++;")]
    [InlineData("Monitor.Enter(o);")]
    [InlineData("GC.Collect();")]
    public Task Statement_may_throw(string statement) => Verify.Finds(Source("[|Trace.Set(\"a\")|]", statement));

    [Theory]
    [InlineData("Action added = Work; added += Log0;")]
    [InlineData("_ = n * m;")]
    [InlineData("_ = n / 2;")]
    [InlineData("n %= 2;")]
    [InlineData("_ = d / n;")]
    [InlineData("d /= n;")]
    [InlineData("_ = (byte)n;")]
    [InlineData("_ = (long)n;")]
    [InlineData("_ = (object)n;")]
    [InlineData("_ = o as string;")]
    [InlineData("_ = -n;")]
    [InlineData("_ = 1m + n;")]
    [InlineData("_ = DateTime.MinValue + TimeSpan.Zero;")]
    [InlineData("_ = -TimeSpan.Zero;")]
    [InlineData("ReadOnlySpan<char> span = text;")]
    [InlineData("_ = $\"{text}{1}\";")]
    [InlineData("Auto = 1;")]
    [InlineData("Auto++;")]
    [InlineData("_ = Checked;")]
    [InlineData("_ = o.GetHashCode();")]
    [InlineData("_ = maybe.GetValueOrDefault();")]
    [InlineData("Interlocked.Increment(ref _field);")]
    [InlineData("Volatile.Write(ref _field, 1);")]
    [InlineData("_ = System.Diagnostics.Stopwatch.GetTimestamp();")]
    [InlineData("System.GC.KeepAlive(o);")]
    [InlineData("_ = nameof(Work);")]
    public Task Statement_is_safe(string statement) => Verify.Silent(Source("Trace.Set(\"a\")", statement));

    private static string Source(string set, string statement) => Class($$"""
        {{Members}}
        static void Log0() { }

        void M(dynamic dynamic, int n, int m, double d, object o, string text, List<int> list, int[] array, Money money, int? maybe)
        {
            var token = {{set}};
            {{statement}}
            Trace.Reset(token);
        }
        """);
}
