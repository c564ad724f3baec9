using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text;

namespace ValidCode.Serialization;

public delegate int Writer<in T>(T value, Span<byte> target);

/// <summary>One static for each type argument: the runtime's own cache.</summary>
internal static class WriterOf<T>
{
    private static Writer<T>? s_writer;

    public static Writer<T> Instance => s_writer ??= (Writer<T>)Writers.Make(typeof(T));

    public static int Uses;
}

public static class Writers
{
    private static readonly ConcurrentDictionary<Type, Delegate> Custom = new();
    private static readonly Dictionary<Type, Delegate> BuiltIn = new();

    static Writers()
    {
        Add<int>(static (value, target) =>
        {
            BinaryPrimitives.WriteInt32LittleEndian(target, value);
            return sizeof(int);
        });
        Add<long>(static (value, target) =>
        {
            BinaryPrimitives.WriteInt64LittleEndian(target, value);
            return sizeof(long);
        });
        Add<string>(static (value, target) =>
        {
            int length = Encoding.UTF8.GetBytes(value, target[sizeof(int)..]);
            BinaryPrimitives.WriteInt32LittleEndian(target, length);
            return length + sizeof(int);
        });
    }

    public static void Register<T>(Writer<T> writer) => Custom[typeof(T)] = writer;

    internal static Delegate Make(Type type) =>
        Custom.TryGetValue(type, out Delegate? custom) ? custom
        : BuiltIn.TryGetValue(type, out Delegate? writer) ? writer
        : throw new NotSupportedException($"{type} has no writer.");

    private static void Add<T>(Writer<T> writer) => BuiltIn.Add(typeof(T), writer);
}

/// <summary>Writes synchronously into the buffer of the thread, and then sends what is its own copy.</summary>
public sealed class RecordStream(Stream stream)
{
    [ThreadStatic]
    private static byte[]? t_buffer;

    // The last type of this thread and what was found for it: wrong for no one, because the type is compared.
    [ThreadStatic]
    private static Type? t_lastType;

    [ThreadStatic]
    private static PropertyInfo[]? t_lastProperties;

    private long _written;

    public long Written => Volatile.Read(ref _written);

    public async Task WriteAsync<T>(IEnumerable<T> values, CancellationToken cancellation)
    {
        foreach (T value in values)
        {
            byte[] record = ToRecord(value, sizeHint: 128);
            await stream.WriteAsync(record, cancellation);
            Interlocked.Add(ref _written, record.Length);
        }

        await stream.FlushAsync(cancellation);
    }

    public async Task DescribeAsync(IAsyncEnumerable<object> values, TextWriter writer)
    {
        await foreach (object value in values)
        {
            string text = string.Join(", ", PropertiesOf(value.GetType()).Select(property => $"{property.Name}={property.GetValue(value)}"));
            await writer.WriteLineAsync(text);
        }
    }

    private static byte[] ToRecord<T>(T value, int sizeHint)
    {
        byte[] buffer = BufferOf(sizeHint);
        while (true)
        {
            try
            {
                int length = WriterOf<T>.Instance(value, buffer);
                Interlocked.Increment(ref WriterOf<T>.Uses);
                return buffer[..length];
            }
            catch (ArgumentException) when (buffer.Length < 1 << 20)
            {
                buffer = BufferOf(buffer.Length * 2);
            }
        }
    }

    private static byte[] BufferOf(int size)
    {
        if (t_buffer is null || t_buffer.Length < size)
        {
            t_buffer = new byte[size];
        }

        return t_buffer;
    }

    private static PropertyInfo[] PropertiesOf(Type type)
    {
        if (t_lastType == type && t_lastProperties is not null)
        {
            return t_lastProperties;
        }

        PropertyInfo[] properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        t_lastType = type;
        t_lastProperties = properties;
        return properties;
    }
}
