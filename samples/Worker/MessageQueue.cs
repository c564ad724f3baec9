using System.Threading.Channels;
using ContextVars;

namespace Worker;

/// <summary>Takes messages from any flow to the worker's.</summary>
/// <remarks>A channel hands over objects and no flow: who reads runs with the values of whoever started the reading.</remarks>
internal sealed class MessageQueue
{
    private readonly Channel<Message> _channel = Channel.CreateBounded<Message>(100);
    private int _lastId;

    /// <summary>Sends a message with the values of the caller, and one more that only the worker will see.</summary>
    public ValueTask SendAsync(string text)
    {
        int id = Interlocked.Increment(ref _lastId);
        Context sender = Context.CopyCurrent().With(Current.MessageId, id);
        return _channel.Writer.WriteAsync(new Message(text, Current.Tenant.Get(), sender));
    }

    /// <summary>Nothing more will be sent.</summary>
    public void Complete() => _channel.Writer.Complete();

    public IAsyncEnumerable<Message> ReadAllAsync(CancellationToken cancellation) => _channel.Reader.ReadAllAsync(cancellation);
}
