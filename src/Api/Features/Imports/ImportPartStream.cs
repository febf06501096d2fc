using Npgsql;

namespace Noah.Api.Features.Imports;

/// <summary>The uploaded parts as one stream, of which one part is in memory at a time. Read asynchronously only.</summary>
internal sealed class ImportPartStream(NpgsqlConnection connection, Guid importId) : Stream
{
    private byte[] _part = [];
    private int _offset;
    private int _next;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    /// <summary>Bytes handed out so far.</summary>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_offset == _part.Length)
        {
            _part = await NextAsync(cancellationToken);
            _offset = 0;
        }

        var length = Math.Min(buffer.Length, _part.Length - _offset);
        _part.AsMemory(_offset, length).CopyTo(buffer);
        _offset += length;
        _position += length;
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    private async Task<byte[]> NextAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT content FROM import_parts WHERE import_id = $1 AND ordinal = $2", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = importId });
        command.Parameters.Add(new NpgsqlParameter { Value = _next++ });
        return await command.ExecuteScalarAsync(cancellationToken) as byte[] ?? [];
    }
}
