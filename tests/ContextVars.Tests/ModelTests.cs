using CsCheck;

namespace ContextVars.Tests;

/// <summary>Random programs of Sets, Resets, scopes, runs and forks, step by step against a model that keeps, for each variable, the
/// list of the Sets that are pending in the flow.</summary>
public class ModelTests
{
    private static readonly ContextVar<int>[] Variables = [.. Enumerable.Range(0, 70).Select(i => new ContextVar<int>($"v{i}"))];

    /// <summary>Two in one leaf of the map, one in another.</summary>
    private static readonly ContextVar<int>[] Used = [Variables[0], Variables[1], Variables[69]];

    private enum Kind
    {
        Set,
        Reset,
        Dispose,
        With,
        Scope,
        Run,
        Fork,
        TouchOther,
        Throw,
    }

    [Fact]
    public void Random_programs_behave_as_the_model_says()
    {
        var step = Gen.Recursive<Step>((depth, step) => Gen.Select(
            Gen.Enum<Kind>(),
            Gen.Int[0, Used.Length - 1],
            Gen.Int[0, 9],
            depth < 3 ? step.Array[0, 6] : Gen.Const(Array.Empty<Step>()),
            (kind, variable, pick, body) => new Step(kind, variable, pick, body)));

        step.Array[1, 12].Sample(program =>
        {
            // A flow of its own for each program: an async method restores its caller's.
            Isolated().GetAwaiter().GetResult();

#pragma warning disable CS1998 // That it awaits nothing is the point.
            async Task Isolated() => new Machine().Run(program);
#pragma warning restore CS1998
        }, iter: 3000);
    }

    private sealed record Step(Kind Kind, int Variable, int Pick, Step[] Body);

    /// <summary>A Set: its value, and what was pending before it.</summary>
    private sealed record Made(int Variable, int Id, int[] Before, object Context);

    /// <summary>For one flow: the pending Sets of each variable, oldest first.</summary>
    private sealed class Machine
    {
        private readonly AsyncLocal<int> _other = new();
        private readonly List<(Made Made, Token<int> Token)> _made = [];
        private readonly HashSet<int> _used = [];
        private int[][] _pending = [[], [], []];
        private object _context = new();
        private int _next;

        public void Run(Step[] steps)
        {
            foreach (var step in steps)
            {
                Execute(step);
                Check();
            }
        }

        private void Execute(Step step)
        {
            var variable = Used[step.Variable];
            switch (step.Kind)
            {
                case Kind.Set:
                    var set = Push(step.Variable);
                    _made.Add((set, variable.Set(set.Id)));
                    break;

                case Kind.Reset when Pick(step) is var (made, token):
                    if (CanUndo(made))
                        Used[made.Variable].Reset(token);
                    else
                        Assert.Throws<InvalidOperationException>(() => Used[made.Variable].Reset(token));

                    Undo(made);
                    break;

                case Kind.Dispose when Pick(step) is var (made, token):
                    token.Dispose();
                    Undo(made);
                    break;

                case Kind.With:
                    var with = Push(step.Variable);
                    variable.With(with.Id, () => Run(step.Body));
                    Undo(with);
                    break;

                case Kind.Scope:
                    var second = (step.Variable + 1) % Used.Length;
                    var (left, right) = (Push(step.Variable), Push(second));
                    using (ContextScope.Set(variable, left.Id, Used[second], right.Id))
                        Run(step.Body);

                    Undo(left);
                    Undo(right);
                    break;

                case Kind.Run:
                    Nested(new Context().Run, step, empty: true);
                    break;

                case Kind.Fork:
                    Nested(body => Task.Run(body).GetAwaiter().GetResult(), step, empty: false);
                    break;

                case Kind.TouchOther:
                    _other.Value++;
                    break;

                case Kind.Throw:
                    Assert.Throws<DivideByZeroException>(() => variable.With(-1, () => throw new DivideByZeroException()));
                    break;
            }
        }

        private void Check()
        {
            for (var i = 0; i < Used.Length; i++)
            {
                Assert.Equal(_pending[i].Length > 0, Used[i].TryGet(out var value));
                Assert.Equal(_pending[i].LastOrDefault(), value);
            }

            Assert.Equal(_pending.Count(pending => pending.Length > 0), Context.CopyCurrent().Count);
        }

        private (Made Made, Token<int> Token)? Pick(Step step) => _made.Count == 0 ? null : _made[step.Pick % _made.Count];

        private Made Push(int variable)
        {
            var made = new Made(variable, ++_next, _pending[variable], _context);
            _pending[variable] = [.. made.Before, made.Id];
            return made;
        }

        /// <summary>Where a Set lies under others, the library knows only that more Sets are pending than before it.</summary>
        private bool CanUndo(Made made)
        {
            var pending = _pending[made.Variable];
            return made.Context == _context
                && pending.Length > made.Before.Length
                && (pending[^1] == made.Id || (!_used.Contains(made.Id) && pending.Length > made.Before.Length + 1));
        }

        private void Undo(Made made)
        {
            if (!CanUndo(made))
                return;

            _pending[made.Variable] = made.Before;
            _used.Add(made.Id);
        }

        private void Nested(Action<Action> nest, Step step, bool empty)
        {
            var (pending, context) = (_pending, _context);
            _pending = empty ? [[], [], []] : [.. pending];
            _context = empty ? new object() : context;
            nest(() => Run(step.Body));
            (_pending, _context) = (pending, context);
        }
    }
}
