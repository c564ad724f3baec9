namespace ContextAnalyzers;

/// <summary>The types the rules are about, resolved once per compilation. A type the compilation does not have is null and matches nothing.</summary>
internal sealed class KnownSymbols(Compilation compilation)
{
    public INamedTypeSymbol? Task { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task");
    public INamedTypeSymbol? TaskOfT { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task`1");
    public INamedTypeSymbol? ValueTask { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask");
    public INamedTypeSymbol? ValueTaskOfT { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask`1");
    public INamedTypeSymbol? ThreadStaticAttribute { get; } = compilation.GetTypeByMetadataName("System.ThreadStaticAttribute");
    public INamedTypeSymbol? ThreadLocal { get; } = compilation.GetTypeByMetadataName("System.Threading.ThreadLocal`1");
    public INamedTypeSymbol? AsyncLocal { get; } = compilation.GetTypeByMetadataName("System.Threading.AsyncLocal`1");
    public INamedTypeSymbol? ContextVar { get; } = compilation.GetTypeByMetadataName("ContextVars.ContextVar`1");
    public INamedTypeSymbol? Token { get; } = compilation.GetTypeByMetadataName("ContextVars.Token`1");
    public INamedTypeSymbol? TaskFactory { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.TaskFactory");
    public INamedTypeSymbol? TaskFactoryOfT { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.TaskFactory`1");
    public INamedTypeSymbol? Parallel { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.Parallel");
    public INamedTypeSymbol? Thread { get; } = compilation.GetTypeByMetadataName("System.Threading.Thread");
    public INamedTypeSymbol? ThreadPool { get; } = compilation.GetTypeByMetadataName("System.Threading.ThreadPool");
    public INamedTypeSymbol? ThreadingTimer { get; } = compilation.GetTypeByMetadataName("System.Threading.Timer");
    public INamedTypeSymbol? CancellationToken { get; } = compilation.GetTypeByMetadataName("System.Threading.CancellationToken");
    public INamedTypeSymbol? Guid { get; } = compilation.GetTypeByMetadataName("System.Guid");
    public INamedTypeSymbol? Interlocked { get; } = compilation.GetTypeByMetadataName("System.Threading.Interlocked");
    public INamedTypeSymbol? Volatile { get; } = compilation.GetTypeByMetadataName("System.Threading.Volatile");
    public INamedTypeSymbol? LazyInitializer { get; } = compilation.GetTypeByMetadataName("System.Threading.LazyInitializer");
    public INamedTypeSymbol? ImmutableInterlocked { get; } = compilation.GetTypeByMetadataName("System.Collections.Immutable.ImmutableInterlocked");
    public INamedTypeSymbol? Monitor { get; } = compilation.GetTypeByMetadataName("System.Threading.Monitor");
    public INamedTypeSymbol? Lock { get; } = compilation.GetTypeByMetadataName("System.Threading.Lock");
    public INamedTypeSymbol? SpinLock { get; } = compilation.GetTypeByMetadataName("System.Threading.SpinLock");
    public INamedTypeSymbol? SemaphoreSlim { get; } = compilation.GetTypeByMetadataName("System.Threading.SemaphoreSlim");
    public INamedTypeSymbol? Semaphore { get; } = compilation.GetTypeByMetadataName("System.Threading.Semaphore");
    public INamedTypeSymbol? Mutex { get; } = compilation.GetTypeByMetadataName("System.Threading.Mutex");
    public INamedTypeSymbol? WaitHandle { get; } = compilation.GetTypeByMetadataName("System.Threading.WaitHandle");
    public INamedTypeSymbol? ReaderWriterLock { get; } = compilation.GetTypeByMetadataName("System.Threading.ReaderWriterLock");
    public INamedTypeSymbol? ReaderWriterLockSlim { get; } = compilation.GetTypeByMetadataName("System.Threading.ReaderWriterLockSlim");
    public INamedTypeSymbol? HostedService { get; } = compilation.GetTypeByMetadataName("Microsoft.Extensions.Hosting.IHostedService");
    public INamedTypeSymbol? BackgroundService { get; } = compilation.GetTypeByMetadataName("Microsoft.Extensions.Hosting.BackgroundService");

    /// <summary>Code of a user interface: one user, and one thread to which every await comes back.</summary>
    public bool IsUserInterface { get; } =
        compilation.GetTypeByMetadataName("System.Windows.Forms.Control") is not null
        || compilation.GetTypeByMetadataName("System.Windows.DependencyObject") is not null
        || compilation.GetTypeByMetadataName("Microsoft.UI.Xaml.DependencyObject") is not null
        || compilation.GetTypeByMetadataName("Windows.UI.Xaml.DependencyObject") is not null
        || compilation.GetTypeByMetadataName("Avalonia.AvaloniaObject") is not null
        || compilation.GetTypeByMetadataName("Microsoft.Maui.Controls.BindableObject") is not null
        || compilation.GetTypeByMetadataName("UnityEngine.MonoBehaviour") is not null
        || compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Components.WebAssembly.Hosting.WebAssemblyHost") is not null;

    /// <summary>Types whose methods take a field by reference and access it atomically.</summary>
    public bool IsAtomic(ITypeSymbol? type) =>
        Is(type, Interlocked) || Is(type, Volatile) || Is(type, LazyInitializer) || Is(type, ImmutableInterlocked);

    public INamedTypeSymbol? Context { get; } = compilation.GetTypeByMetadataName("ContextVars.Context");
    public INamedTypeSymbol? AsyncDisposable { get; } = compilation.GetTypeByMetadataName("System.IAsyncDisposable");
    public INamedTypeSymbol? ExecutionContext { get; } = compilation.GetTypeByMetadataName("System.Threading.ExecutionContext");
    public INamedTypeSymbol? Exception { get; } = compilation.GetTypeByMetadataName("System.Exception");

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

    /// <summary>Whether a type is the known one, or a construction of it.</summary>
    public static bool Is(ITypeSymbol? type, INamedTypeSymbol? known) =>
        known is not null && SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, known);
}
