using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace ContextAnalyzers;

/// <summary>The types the rules are about. A type the compilation does not have is null and matches nothing.</summary>
/// <remarks>To find a type, or that there is none, the compiler asks all references: each is looked for when it is needed, and once, whichever rule asks.</remarks>
internal sealed class KnownSymbols
{
    private static readonly ConditionalWeakTable<Compilation, KnownSymbols> Cache = new();

    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> _types = new();
    private readonly Func<string, INamedTypeSymbol?> _find;
    private readonly Lazy<bool> _isUserInterface;

    private KnownSymbols(Compilation compilation)
    {
        _find = compilation.GetTypeByMetadataName;
        _isUserInterface = new(() => UserInterfaces.Any(name => Find(name) is not null));
    }

    public static KnownSymbols Of(Compilation compilation) => Cache.GetValue(compilation, static c => new KnownSymbols(c));

    public INamedTypeSymbol? Task => Find("System.Threading.Tasks.Task");
    public INamedTypeSymbol? TaskOfT => Find("System.Threading.Tasks.Task`1");
    public INamedTypeSymbol? ValueTask => Find("System.Threading.Tasks.ValueTask");
    public INamedTypeSymbol? ValueTaskOfT => Find("System.Threading.Tasks.ValueTask`1");
    public INamedTypeSymbol? ThreadStaticAttribute => Find("System.ThreadStaticAttribute");
    public INamedTypeSymbol? ThreadLocal => Find("System.Threading.ThreadLocal`1");
    public INamedTypeSymbol? AsyncLocal => Find("System.Threading.AsyncLocal`1");
    public INamedTypeSymbol? ContextVar => Find("ContextVars.ContextVar`1");
    public INamedTypeSymbol? Token => Find("ContextVars.Token`1");
    public INamedTypeSymbol? TaskFactory => Find("System.Threading.Tasks.TaskFactory");
    public INamedTypeSymbol? TaskFactoryOfT => Find("System.Threading.Tasks.TaskFactory`1");
    public INamedTypeSymbol? Parallel => Find("System.Threading.Tasks.Parallel");
    public INamedTypeSymbol? Thread => Find("System.Threading.Thread");
    public INamedTypeSymbol? ThreadPool => Find("System.Threading.ThreadPool");
    public INamedTypeSymbol? ThreadingTimer => Find("System.Threading.Timer");
    public INamedTypeSymbol? CancellationToken => Find("System.Threading.CancellationToken");
    public INamedTypeSymbol? Guid => Find("System.Guid");
    public INamedTypeSymbol? Interlocked => Find("System.Threading.Interlocked");
    public INamedTypeSymbol? Volatile => Find("System.Threading.Volatile");
    public INamedTypeSymbol? LazyInitializer => Find("System.Threading.LazyInitializer");
    public INamedTypeSymbol? ImmutableInterlocked => Find("System.Collections.Immutable.ImmutableInterlocked");
    public INamedTypeSymbol? Monitor => Find("System.Threading.Monitor");
    public INamedTypeSymbol? Lock => Find("System.Threading.Lock");
    public INamedTypeSymbol? SpinLock => Find("System.Threading.SpinLock");
    public INamedTypeSymbol? SemaphoreSlim => Find("System.Threading.SemaphoreSlim");
    public INamedTypeSymbol? Semaphore => Find("System.Threading.Semaphore");
    public INamedTypeSymbol? Mutex => Find("System.Threading.Mutex");
    public INamedTypeSymbol? WaitHandle => Find("System.Threading.WaitHandle");
    public INamedTypeSymbol? ReaderWriterLock => Find("System.Threading.ReaderWriterLock");
    public INamedTypeSymbol? ReaderWriterLockSlim => Find("System.Threading.ReaderWriterLockSlim");
    public INamedTypeSymbol? HostedService => Find("Microsoft.Extensions.Hosting.IHostedService");
    public INamedTypeSymbol? BackgroundService => Find("Microsoft.Extensions.Hosting.BackgroundService");

    /// <summary>Code of a user interface: one user, and one thread to which every await comes back.</summary>
    public bool IsUserInterface => _isUserInterface.Value;

    private static readonly string[] UserInterfaces =
    [
        "System.Windows.Forms.Control",
        "System.Windows.DependencyObject",
        "Microsoft.UI.Xaml.DependencyObject",
        "Windows.UI.Xaml.DependencyObject",
        "Avalonia.AvaloniaObject",
        "Microsoft.Maui.Controls.BindableObject",
        "UnityEngine.MonoBehaviour",
        "Microsoft.AspNetCore.Components.WebAssembly.Hosting.WebAssemblyHost",
    ];

    /// <summary>Types whose methods take a field by reference and access it atomically.</summary>
    public bool IsAtomic(ITypeSymbol? type) =>
        Is(type, Interlocked) || Is(type, Volatile) || Is(type, LazyInitializer) || Is(type, ImmutableInterlocked);

    public INamedTypeSymbol? Context => Find("ContextVars.Context");
    public INamedTypeSymbol? AsyncDisposable => Find("System.IAsyncDisposable");
    public INamedTypeSymbol? ExecutionContext => Find("System.Threading.ExecutionContext");
    public INamedTypeSymbol? Exception => Find("System.Exception");

    /// <summary>Task, ValueTask or one of their generic forms: what code that goes on later returns.</summary>
    public bool IsTaskLike(ITypeSymbol? type) =>
        Is(type, Task) || Is(type, TaskOfT) || Is(type, ValueTask) || Is(type, ValueTaskOfT);

    /// <summary>ContextVar or AsyncLocal.</summary>
    public bool IsFlowVariable(ITypeSymbol? type) => Is(type, ContextVar) || Is(type, AsyncLocal);

    /// <summary>Whether a method or a constructor runs the delegate it is given in a flow of its own: on the pool, a new thread or a timer.</summary>
    public bool StartsFlow(IMethodSymbol method) =>
        (Is(method.ContainingType, Task) && method.Name is "Run" or "ContinueWith")
        || (Is(method.ContainingType, TaskOfT) && method.Name == "ContinueWith")
        || Is(method.ContainingType, TaskFactory)
        || Is(method.ContainingType, TaskFactoryOfT)
        || Is(method.ContainingType, ThreadPool)
        || Is(method.ContainingType, Parallel)
        || Is(method.ContainingType, Thread)
        || Is(method.ContainingType, ThreadingTimer);

    private INamedTypeSymbol? Find(string name) => _types.GetOrAdd(name, _find);

    /// <summary>Whether a type is the known one, or a construction of it.</summary>
    public static bool Is(ITypeSymbol? type, INamedTypeSymbol? known) =>
        known is not null && SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, known);
}
