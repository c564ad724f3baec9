using Microsoft.Extensions.Hosting;

namespace Worker;

/// <summary>Handles each message in three ways, to show what each knows of the sender.</summary>
internal sealed class MessageWorker(MessageQueue queue) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (Message message in queue.ReadAllAsync(stoppingToken))
        {
            // The worker's own flow, which the host started: nothing of the sender.
            await HandleAsync("channel alone", message.Text);

            // One value, taken from the message, for as long as this takes.
            await Current.Tenant.With(message.Tenant, () => HandleAsync("with the tenant", message.Text));

            // Everything that was set where the message was sent. What the handler sets is not seen by the next message.
            await message.Sender.Run(() => HandleAsync("in the context", message.Text));
        }
    }

    private static async Task HandleAsync(string how, string text)
    {
        await Task.Yield(); // the values follow to another thread
        Console.WriteLine($"{text,-8} {how,-15}  tenant {Current.Tenant.Get(),-6}  trace {Current.TraceId.Get(),-7}  message {Current.MessageId.Get()}");
    }
}
