using Noah.Experimentation.MeanValue;

namespace Noah.Experimentation.Statistics;

/// <summary>
/// Amounts of one arm row by row, in bounded memory whatever their number: zeros as a count, positives as exact moments, a <see cref="RankSketch"/>
/// and the largest one by one. Streams of days, shards and segments merge. Broken values are counted instead of thrown, as a stream cannot be asked
/// again.
/// </summary>
public sealed class AmountAccumulator
{
    private const int BufferSize = 1 << 16;

    private readonly double[] _buffer = new double[BufferSize];
    private int _buffered;
    private long _zeros;
    private PowerMoments _positives;
    private RankSketch _ranks = RankSketch.Empty;
    private ValueSummary _values = ValueSummary.Empty;

    /// <summary>Values taken, broken ones not counted.</summary>
    public long Count => _zeros + _positives.Count + _buffered;

    /// <summary>Values that were NaN or infinite.</summary>
    public long NotFinite { get; private set; }

    /// <summary>Values below 0.</summary>
    public long Negative { get; private set; }

    /// <summary>What keeps the stream from having a sample.</summary>
    public StreamProblem Problem => NotFinite > 0 ? StreamProblem.NotFinite : Negative > 0 ? StreamProblem.Negative : StreamProblem.None;

    /// <summary>Ranks of the positives.</summary>
    public RankSketch Ranks
    {
        get
        {
            Flush();
            return _ranks;
        }
    }

    /// <summary>Summary for <see cref="MeanValueTest"/>.</summary>
    public ValueSummary Values
    {
        get
        {
            Flush();
            return _values.Merge(ValueSummary.OfZeros(_zeros));
        }
    }

    /// <summary>Takes values.</summary>
    /// <param name="values">One a unit, any order.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        var zeros = 0L;
        foreach (var value in values)
        {
            if (value == 0)
            {
                zeros++;
            }
            else if (value > 0 && value <= double.MaxValue)
            {
                _buffer[_buffered++] = value;
                if (_buffered == BufferSize)
                {
                    Flush();
                }
            }
            else if (double.IsFinite(value))
            {
                Negative++;
            }
            else
            {
                NotFinite++;
            }
        }

        _zeros += zeros;
    }

    /// <summary>Takes all values of another stream.</summary>
    /// <param name="other">Stream of disjoint units; it keeps its own.</param>
    public void Merge(AmountAccumulator other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Flush();
        other.Flush();
        _zeros += other._zeros;
        NotFinite += other.NotFinite;
        Negative += other.Negative;
        _positives = _positives.Merge(other._positives);
        _ranks = _ranks.Merge(other._ranks);
        _values = _values.Merge(other._values);
    }

    /// <summary>The sample for all tests: its moments are exact, its positives those of <see cref="Ranks"/>.</summary>
    /// <param name="sample">The sample; null where the answer is false.</param>
    /// <returns>Whether there is one: false if <see cref="Problem"/> says why not.</returns>
    public bool TryGetSample([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ZeroInflatedSample? sample)
    {
        Flush();
        sample = Problem == StreamProblem.None ? ZeroInflatedSample.FromSorted(_ranks.Expand(), _zeros, _positives.Moments) : null;
        return sample is not null;
    }

    private void Flush()
    {
        if (_buffered == 0)
        {
            return;
        }

        var values = _buffer.AsSpan(0, _buffered);
        values.Sort();
        _positives = _positives.Merge(PowerMoments.Of(values));
        _ranks = _ranks.Merge(RankSketch.OfSorted(values));
        _values = _values.Merge(ValueSummary.OfSorted(values, 0));
        _buffered = 0;
    }
}
