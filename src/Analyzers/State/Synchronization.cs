using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers.State;

/// <summary>Where one function holds a lock: lock statements, scopes of lock objects, and what stands between acquire and release.</summary>
internal sealed class Synchronization(KnownSymbols symbols)
{
    private bool _isHeld;

    /// <summary>To be called in the order of the source, between what it may cover.</summary>
    public void Add(IInvocationOperation call)
    {
        if (!IsLockType(call.TargetMethod.ContainingType) && !IsOnceGuard(call))
            return;

        switch (call.TargetMethod.Name)
        {
            case "Wait" or "WaitAsync" or "Enter" or "TryEnter" or "WaitOne" or "EnterReadLock" or "EnterWriteLock"
                or "EnterUpgradeableReadLock" or "TryEnterWriteLock" or "AcquireWriterLock" or "Exchange" or "CompareExchange":
                _isHeld = true;
                break;
            case "Release" or "Exit" or "ReleaseMutex" or "ExitReadLock" or "ExitWriteLock" or "ExitUpgradeableReadLock" or "ReleaseWriterLock":
                _isHeld = false;
                break;
        }
    }

    public bool Covers(SyntaxNode access)
    {
        for (var node = access; node.Parent is { } parent && !Guard.IsFunction(node); node = parent)
        {
            if (parent is LockStatementSyntax @lock && @lock.Expression != node)
                return true;

            if (parent is UsingStatementSyntax @using && @using.Statement == node && IsLock(@using.Declaration ?? (SyntaxNode)@using.Expression!))
                return true;

            if (parent is BlockSyntax block && HoldsLockBefore(block, node))
                return true;
        }

        return _isHeld;
    }

    /// <summary><c>using var held = await gate.LockAsync();</c></summary>
    private static bool HoldsLockBefore(BlockSyntax block, SyntaxNode statement)
    {
        foreach (var earlier in block.Statements)
        {
            if (earlier == statement)
                break;

            if (earlier is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } held && IsLock(held.Declaration))
                return true;
        }

        return false;
    }

    /// <summary>Asynchronous locks come from many libraries and have no type in common; what they have in common is the name.</summary>
    private static bool IsLock(SyntaxNode resource)
    {
        foreach (var node in resource.DescendantNodesAndSelf())
        {
            if (node is SimpleNameSyntax { Identifier.ValueText: var name }
                && (name.IndexOf("Lock", StringComparison.OrdinalIgnoreCase) >= 0
                    || name.IndexOf("Semaphore", StringComparison.OrdinalIgnoreCase) >= 0
                    || name.IndexOf("Mutex", StringComparison.OrdinalIgnoreCase) >= 0
                    || name == "EnterScope"))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsLockType(ITypeSymbol type) =>
        symbols.SemaphoreSlim.Is(type)
        || symbols.Monitor.Is(type)
        || symbols.WaitHandle.Is(type)
        || symbols.Semaphore.Is(type)
        || symbols.Mutex.Is(type)
        || symbols.SpinLock.Is(type)
        || symbols.Lock.Is(type)
        || symbols.ReaderWriterLockSlim.Is(type)
        || symbols.ReaderWriterLock.Is(type);

    /// <summary><c>if (Interlocked.Exchange(ref started, 1) == 1) return;</c> lets one flow pass.</summary>
    private bool IsOnceGuard(IInvocationOperation call) =>
        symbols.Interlocked.Is(call.TargetMethod.ContainingType)
        && call.Syntax.FirstAncestorOrSelf<IfStatementSyntax>() is { } @if
        && @if.Condition.Span.Contains(call.Syntax.Span);
}
