using System.Threading.Channels;
using ContextVars;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ValidCode.Workers;

public sealed record Job(string Id, string? TraceId, Func<CancellationToken, Task> Run);

/// <summary>Jobs carry the trace they came from; the worker takes it over for the time of the job.</summary>
public sealed class QueueWorker(ILogger<QueueWorker> log) : BackgroundService
{
    private static readonly ContextVar<string> Trace = new("trace_id", "none");

    private readonly Channel<Job> _jobs = Channel.CreateBounded<Job>(100);
    private int _done;

    public int Done => Volatile.Read(ref _done);

    public static string TraceId => Trace.Get();

    public ValueTask EnqueueAsync(string id, Func<CancellationToken, Task> run, CancellationToken cancellation) =>
        _jobs.Writer.WriteAsync(new Job(id, Trace.Get("none"), run), cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (Job job in _jobs.Reader.ReadAllAsync(stoppingToken))
        {
            using Token<string> token = Trace.Set(job.TraceId ?? job.Id);
            try
            {
                await job.Run(stoppingToken);
                Interlocked.Increment(ref _done);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogError(exception, "Job {Id} of trace {Trace} failed", job.Id, Trace.Get());
            }
        }
    }
}

/// <summary>A timer that counts for the process, and a stop flag that only ever turns on.</summary>
public sealed class Heartbeat : IAsyncDisposable
{
    private static int s_beats;
    private static volatile bool s_stopped;

    private readonly PeriodicTimer _timer = new(TimeSpan.FromSeconds(1));
    private readonly Task _loop;

    public Heartbeat()
    {
        _loop = RunAsync();
    }

    public static int Beats => Volatile.Read(ref s_beats);

    public async ValueTask DisposeAsync()
    {
        s_stopped = true;
        _timer.Dispose();
        await _loop;
    }

    private async Task RunAsync()
    {
        while (!s_stopped && await _timer.WaitForNextTickAsync())
        {
            Interlocked.Increment(ref s_beats);
        }
    }
}
