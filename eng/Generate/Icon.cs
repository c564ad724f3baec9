using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Generate;

/// <summary>The icon of the packages: two flows that cross and do not mix.</summary>
internal static class Icon
{
    private const int Size = 128;
    private const int SamplesPerSide = 4;

    private static readonly (double R, double G, double B) Ground = (0x1B, 0x24, 0x38);
    private static readonly (double R, double G, double B) First = (0x4F, 0xB3, 0xFF);
    private static readonly (double R, double G, double B) Second = (0xFF, 0xA9, 0x4D);

    /// <summary>A PNG of 128 × 128 pixels.</summary>
    public static byte[] Draw()
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Size);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Size);
        header[8] = 8; // bits per channel
        header[9] = 6; // RGBA
        WriteChunk(png, "IHDR", header);

        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int y = 0; y < Size; y++)
            {
                zlib.WriteByte(0); // no filter
                for (int x = 0; x < Size; x++)
                {
                    zlib.Write(Pixel(x, y));
                }
            }
        }

        WriteChunk(png, "IDAT", pixels.ToArray());
        WriteChunk(png, "IEND", []);
        return png.ToArray();
    }

    private static byte[] Pixel(int x, int y)
    {
        double r = 0, g = 0, b = 0, covered = 0;
        for (int i = 0; i < SamplesPerSide * SamplesPerSide; i++)
        {
            double px = x + ((i % SamplesPerSide) + 0.5) / SamplesPerSide;
            double py = y + ((i / SamplesPerSide) + 0.5) / SamplesPerSide;
            if (!InRoundedSquare(px, py))
            {
                continue;
            }

            (double R, double G, double B) color = Color(px, py);
            (r, g, b, covered) = (r + color.R, g + color.G, b + color.B, covered + 1);
        }

        return covered == 0
            ? [0, 0, 0, 0]
            : [(byte)(r / covered), (byte)(g / covered), (byte)(b / covered), (byte)(255 * covered / (SamplesPerSide * SamplesPerSide))];
    }

    private static bool InRoundedSquare(double x, double y)
    {
        const double Radius = 24;
        double dx = Math.Max(Math.Max(Radius - x, x - (Size - Radius)), 0);
        double dy = Math.Max(Math.Max(Radius - y, y - (Size - Radius)), 0);
        return dx * dx + dy * dy <= Radius * Radius;
    }

    private static (double R, double G, double B) Color(double x, double y)
    {
        // One wave passes over the other at every second crossing, with a gap around it: a braid.
        double phase = x / Size * 3 * Math.PI;
        double first = Distance(y, 64 + 26 * Math.Sin(phase), phase);
        double second = Distance(y, 64 - 26 * Math.Sin(phase), phase);
        bool firstIsAbove = Math.Cos(phase) > 0;
        (double above, double below) = firstIsAbove ? (first, second) : (second, first);
        const double HalfWidth = 7, Gap = 12;
        return above <= HalfWidth ? (firstIsAbove ? First : Second)
            : above <= Gap || below > HalfWidth ? Ground
            : firstIsAbove ? Second : First;
    }

    /// <summary>From a point to the wave, along its normal.</summary>
    private static double Distance(double y, double wave, double phase)
    {
        double slope = 26 * Math.Cos(phase) * 3 * Math.PI / Size;
        return Math.Abs(y - wave) / Math.Sqrt(1 + slope * slope);
    }

    private static void WriteChunk(Stream png, string type, byte[] data)
    {
        byte[] number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(body));
        png.Write(number);
    }

    private static uint Crc32(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
