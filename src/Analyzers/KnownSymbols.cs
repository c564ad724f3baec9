using System.Runtime.CompilerServices;

namespace ContextAnalyzers;

/// <summary>The types the rules are about: found once, whichever rule asks.</summary>
internal sealed class KnownSymbols(Compilation compilation)
{
    private static readonly ConditionalWeakTable<Compilation, KnownSymbols> Cache = new();

    public static KnownSymbols Of(Compilation compilation) => Cache.GetValue(compilation, static c => new KnownSymbols(c));

    public KnownType Task { get; } = new(compilation, "System.Threading.Tasks.Task");
    public KnownType TaskOfT { get; } = new(compilation, "System.Threading.Tasks.Task`1");
    public KnownType ValueTask { get; } = new(compilation, "System.Threading.Tasks.ValueTask");
    public KnownType ValueTaskOfT { get; } = new(compilation, "System.Threading.Tasks.ValueTask`1");
    public KnownType ThreadStaticAttribute { get; } = new(compilation, "System.ThreadStaticAttribute");
    public KnownType ThreadLocal { get; } = new(compilation, "System.Threading.ThreadLocal`1");
    public KnownType AsyncLocal { get; } = new(compilation, "System.Threading.AsyncLocal`1");
    public KnownType ContextVar { get; } = new(compilation, "ContextVars.ContextVar`1");
    public KnownType Token { get; } = new(compilation, "ContextVars.Token`1");
    public KnownType TaskFactory { get; } = new(compilation, "System.Threading.Tasks.TaskFactory");
    public KnownType TaskFactoryOfT { get; } = new(compilation, "System.Threading.Tasks.TaskFactory`1");
    public KnownType Parallel { get; } = new(compilation, "System.Threading.Tasks.Parallel");
    public KnownType Thread { get; } = new(compilation, "System.Threading.Thread");
    public KnownType ThreadPool { get; } = new(compilation, "System.Threading.ThreadPool");
    public KnownType ThreadingTimer { get; } = new(compilation, "System.Threading.Timer");
    public KnownType CancellationToken { get; } = new(compilation, "System.Threading.CancellationToken");
    public KnownType Guid { get; } = new(compilation, "System.Guid");
    public KnownType Interlocked { get; } = new(compilation, "System.Threading.Interlocked");
    public KnownType Volatile { get; } = new(compilation, "System.Threading.Volatile");
    public KnownType LazyInitializer { get; } = new(compilation, "System.Threading.LazyInitializer");
    public KnownType ImmutableInterlocked { get; } = new(compilation, "System.Collections.Immutable.ImmutableInterlocked");
    public KnownType Monitor { get; } = new(compilation, "System.Threading.Monitor");
    public KnownType Lock { get; } = new(compilation, "System.Threading.Lock");
    public KnownType SpinLock { get; } = new(compilation, "System.Threading.SpinLock");
    public KnownType SemaphoreSlim { get; } = new(compilation, "System.Threading.SemaphoreSlim");
    public KnownType Semaphore { get; } = new(compilation, "System.Threading.Semaphore");
    public KnownType Mutex { get; } = new(compilation, "System.Threading.Mutex");
    public KnownType WaitHandle { get; } = new(compilation, "System.Threading.WaitHandle");
    public KnownType ReaderWriterLock { get; } = new(compilation, "System.Threading.ReaderWriterLock");
    public KnownType ReaderWriterLockSlim { get; } = new(compilation, "System.Threading.ReaderWriterLockSlim");
    public KnownType HostedService { get; } = new(compilation, "Microsoft.Extensions.Hosting.IHostedService");
    public KnownType BackgroundService { get; } = new(compilation, "Microsoft.Extensions.Hosting.BackgroundService");
    public KnownType Context { get; } = new(compilation, "ContextVars.Context");
    public KnownType AsyncDisposable { get; } = new(compilation, "System.IAsyncDisposable");
    public KnownType ExecutionContext { get; } = new(compilation, "System.Threading.ExecutionContext");
    public KnownType GeneratedCodeAttribute { get; } = new(compilation, "System.CodeDom.Compiler.GeneratedCodeAttribute");
    public KnownType Exception { get; } = new(compilation, "System.Exception");

    /// <summary>Code of a user interface: one user, and one thread to which every await comes back.</summary>
    public bool IsUserInterface => UserInterfaces.Any(static type => type.Exists);

    /// <summary>Types whose methods take a field by reference and access it atomically.</summary>
    public bool IsAtomic(ITypeSymbol? type) =>
        Interlocked.Is(type) || Volatile.Is(type) || LazyInitializer.Is(type) || ImmutableInterlocked.Is(type);

    /// <summary>Task, ValueTask or one of their generic forms: what code that goes on later returns.</summary>
    public bool IsTaskLike(ITypeSymbol? type) =>
        Task.Is(type) || TaskOfT.Is(type) || ValueTask.Is(type) || ValueTaskOfT.Is(type);

    /// <summary>ContextVar or AsyncLocal.</summary>
    public bool IsFlowVariable(ITypeSymbol? type) => ContextVar.Is(type) || AsyncLocal.Is(type);

    public bool HasFlowVariables => ContextVar.Exists || AsyncLocal.Exists;

    /// <summary>Whether a method or a constructor runs the delegate it is given in a flow of its own: on the pool, a new thread or a timer.</summary>
    public bool StartsFlow(IMethodSymbol method) =>
        ((Task.Is(method.ContainingType) || TaskOfT.Is(method.ContainingType)) && method.Name is "Run" or "ContinueWith" or WellKnownMemberNames.InstanceConstructorName)
        || TaskFactory.Is(method.ContainingType)
        || TaskFactoryOfT.Is(method.ContainingType)
        || ThreadPool.Is(method.ContainingType)
        || Parallel.Is(method.ContainingType)
        || Thread.Is(method.ContainingType)
        || ThreadingTimer.Is(method.ContainingType);

    private KnownType[] UserInterfaces { get; } =
    [
        new(compilation, "System.Windows.Forms.Control"),
        new(compilation, "System.Windows.DependencyObject"),
        new(compilation, "Microsoft.UI.Xaml.DependencyObject"),
        new(compilation, "Windows.UI.Xaml.DependencyObject"),
        new(compilation, "Avalonia.AvaloniaObject"),
        new(compilation, "Microsoft.Maui.Controls.BindableObject"),
        new(compilation, "UnityEngine.MonoBehaviour"),
        new(compilation, "Microsoft.AspNetCore.Components.WebAssembly.Hosting.WebAssemblyHost"),
    ];
}
