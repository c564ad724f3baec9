namespace ContextAnalyzers.State;

/// <summary>Types whose values belong to the process: a static that holds one holds no flow's state, and is made to be shared.</summary>
internal static class InfrastructureTypes
{
    /// <summary>By name, because most of them come from packages that a compilation may or may not have.</summary>
    public static bool IsKnownName(string name) => name is
        "ILogger" or "ILoggerFactory" or "Logger" or "ILog" or "LoggerFactory"
        or "HttpClient" or "IHttpClientFactory" or "HttpMessageHandler" or "SocketsHttpHandler"
        or "Regex" or "Random" or "Encoding" or "Stopwatch" or "Type" or "Assembly" or "MethodInfo" or "PropertyInfo" or "ConstructorInfo"
        or "TimeSpan" or "Guid" or "DateTime" or "DateTimeOffset" or "Uri" or "CultureInfo" or "StringComparer" or "Version"
        or "Task" or "Lazy" or "Action" or "Func" or "Delegate" or "EventHandler"
        or "SemaphoreSlim" or "Lock" or "ReaderWriterLockSlim" or "Mutex" or "Timer" or "PeriodicTimer" or "Thread"
        or "Channel" or "Meter" or "Counter" or "Histogram" or "UpDownCounter" or "ActivitySource" or "DiagnosticSource" or "DiagnosticListener" or "EventSource"
        or "JsonSerializerOptions" or "JsonSerializerSettings"
        or "ConcurrentDictionary" or "ConcurrentQueue" or "ConcurrentBag" or "ConcurrentStack" or "BlockingCollection" or "ConditionalWeakTable"
        or "ImmutableArray" or "ImmutableList" or "ImmutableDictionary" or "ImmutableHashSet" or "FrozenDictionary" or "FrozenSet"
        or "AsyncLocal" or "ContextVar"
        or "IConfiguration" or "IConfigurationRoot" or "IServiceProvider" or "IServiceCollection" or "IHost" or "WebApplication" or "IHostEnvironment"
        or "ObjectPool" or "ArrayPool" or "MemoryPool" or "CancellationToken";
}
