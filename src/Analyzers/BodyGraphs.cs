using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers;

/// <summary>The control-flow graphs of the bodies that the rules look at: each is made once, whichever rule asks first.</summary>
internal sealed class BodyGraphs
{
    private static readonly ConditionalWeakTable<Compilation, BodyGraphs> Cache = new();

    private readonly ConcurrentDictionary<SyntaxNode, ControlFlowGraph?> _graphs = new();

    public static BodyGraphs Of(Compilation compilation) => Cache.GetValue(compilation, static _ => new BodyGraphs());

    /// <summary>Null for what has no control flow of its own, as the arguments of an attribute.</summary>
    public ControlFlowGraph? Of(IOperation body, CancellationToken cancellationToken) =>
        _graphs.TryGetValue(body.Syntax, out var graph) ? graph : _graphs.GetOrAdd(body.Syntax, Create(body, cancellationToken));

    private static ControlFlowGraph? Create(IOperation body, CancellationToken cancellationToken) => body switch
    {
        { Parent: not null } => null,
        IMethodBodyOperation method => ControlFlowGraph.Create(method, cancellationToken),
        IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor, cancellationToken),
        IBlockOperation block => ControlFlowGraph.Create(block, cancellationToken),
        IFieldInitializerOperation field => ControlFlowGraph.Create(field, cancellationToken),
        IPropertyInitializerOperation property => ControlFlowGraph.Create(property, cancellationToken),
        _ => null,
    };
}
