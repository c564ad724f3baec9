using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ContextAnalyzers.State;

/// <summary>Where a file's text hints at code that goes on later or elsewhere. Told by characters, and kept with the tree: of a body without a hint no node is asked for.</summary>
internal sealed class AsyncHints
{
    private static readonly ConditionalWeakTable<SyntaxTree, AsyncHints> Cache = new();

    private static readonly NamesInText Names = new(
        [
            "async", "await", "yield", "Task", "ValueTask", "ContinueWith", "StartNew", "FromAsync", "ContinueWhenAll", "ContinueWhenAny",
            "ThreadPool", "Parallel", "Thread", "Timer",
        ]);

    private static readonly NamesInText Delegate = new(["delegate"]);

    private readonly List<int> _names;
    private readonly List<int> _functions;
    private readonly bool _hasOtherNames;

    private AsyncHints(SyntaxTree tree)
    {
        _names = Names.PlacesIn(tree);
        _functions = new List<int>(Delegate.PlacesIn(tree));
        var characters = FileText.Of(tree).Characters;

        for (var arrow = characters.IndexOf("=>", StringComparison.Ordinal); arrow >= 0; arrow = characters.IndexOf("=>", arrow + 2, StringComparison.Ordinal))
            _functions.Add(arrow);

        _functions.Sort();
        _hasOtherNames = _names.Count > 0 && tree.GetRoot() is CompilationUnitSyntax root && (AreIn(root.Usings) || AreIn(root.Members));
        AreNotAround = lambda => lambda.FirstAncestorOrSelf<StatementSyntax>() is { } statement && !AreIn(statement);
    }

    public static AsyncHints Of(SyntaxTree tree) => Cache.GetValue(tree, static t => new AsyncHints(t));

    public bool IsEmpty => _names.Count == 0 && _functions.Count == 0;

    /// <summary>Whether a body says that it, or something in it, is async code.</summary>
    public bool AreIn(SyntaxNode body) => _hasOtherNames || AreIn(_names, body.Span);

    /// <summary>The parts of the lambdas in a body that may return a task without saying so.</summary>
    public IEnumerable<SyntaxNode> LambdasIn(SyntaxNode body, StateNames names) => AreIn(_functions, body.Span) ? FunctionsIn(body, names) : [];

    /// <summary>Whether a lambda says nothing of async code, nor does the statement in which it is handed on.</summary>
    public Func<AnonymousFunctionExpressionSyntax, bool> AreNotAround { get; }

    /// <summary>They give tasks and timers other names, or methods that start a flow none in front of them.</summary>
    private bool AreIn(SyntaxList<UsingDirectiveSyntax> usings)
    {
        foreach (var directive in usings)
        {
            if (AreIn(_names, directive.Span))
                return true;
        }

        return false;
    }

    private bool AreIn(SyntaxList<MemberDeclarationSyntax> members)
    {
        foreach (var member in members)
        {
            if (member is BaseNamespaceDeclarationSyntax @namespace && (AreIn(@namespace.Usings) || AreIn(@namespace.Members)))
                return true;
        }

        return false;
    }

    private IEnumerable<SyntaxNode> FunctionsIn(SyntaxNode body, StateNames names)
    {
        for (var i = FirstIn(_functions, body.Span); i < _functions.Count && _functions[i] < body.Span.End; i++)
        {
            if (body.FindToken(_functions[i]).Parent is AnonymousFunctionExpressionSyntax function)
            {
                foreach (var part in TaskLambda.PartsBeforeTask(function, names))
                    yield return part;
            }
        }
    }

    private static bool AreIn(List<int> places, TextSpan span) => FirstIn(places, span) is var first && first < places.Count && places[first] < span.End;

    private static int FirstIn(List<int> places, TextSpan span)
    {
        var index = places.BinarySearch(span.Start);

        return index < 0 ? ~index : index;
    }
}
