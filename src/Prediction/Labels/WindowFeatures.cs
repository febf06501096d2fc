using Noah.Prediction.Features;

namespace Noah.Prediction.Labels;

/// <summary>
/// Features of a member from a log: everything in [D − window, D), nothing at D or later. Of each kind: count, days since the last and since
/// the first, and for kinds with amounts their sum and mean; of all kinds together: days with any event, the time of day and the share of
/// weekends.
/// </summary>
public static class WindowFeatures
{
    private const double HoursOfDay = 24;

    /// <summary>Computes the features.</summary>
    /// <param name="snapshots">[members] D of each.</param>
    /// <param name="events">In any order.</param>
    /// <param name="kinds">Names of the kinds, by their index; they begin the features' names, such as "purchase count".</param>
    /// <param name="amountKinds">Kinds whose amounts are features.</param>
    /// <param name="windowDays">Days before D. Default 60. In [1, 3650].</param>
    /// <returns>Missing (NaN) where there is no event to tell a time or a mean of; counts and sums are 0 there.</returns>
    /// <exception cref="ArgumentException">There is no kind, a kind is named twice, or an event's member, kind or amount is impossible.</exception>
    public static WindowFeatureSet Build(
        IReadOnlyList<DateTimeOffset> snapshots, IEnumerable<MemberEvent> events, IReadOnlyList<string> kinds, IReadOnlySet<int> amountKinds,
        int windowDays = 60)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(kinds);
        ArgumentNullException.ThrowIfNull(amountKinds);
        if (kinds.Count == 0)
        {
            throw new ArgumentException("At least one kind of event is needed.", nameof(kinds));
        }
        if (windowDays is < 1 or > 3_650)
        {
            throw new ArgumentOutOfRangeException(nameof(windowDays), windowDays, "The window must be in [1, 3650] days.");
        }
        int members = snapshots.Count;
        Tally[] ofKinds = [.. kinds.Select(_ => new Tally(members))];
        var rhythm = new Rhythm(members);
        foreach (var happening in events)
        {
            SnapshotLabels.Require(happening, members);
            if ((uint)happening.Kind >= (uint)kinds.Count)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(events), happening.Kind, $"The kind of member {happening.Member}'s event at {happening.At:O} must be in [0, {kinds.Count}).");
            }
            double age = (snapshots[happening.Member] - happening.At).TotalDays;
            if (age > 0 && age <= windowDays)
            {
                ofKinds[happening.Kind].Add(happening, age);
                rhythm.Add(happening);
            }
        }
        var (columns, sources) = (new List<FeatureColumn>(), new List<FeatureSource>());
        for (int kind = 0; kind < kinds.Count; kind++)
        {
            var (name, of) = (kinds[kind], ofKinds[kind]);
            Append($"{name} count", of.Latest, row => of.Count[row]);
            Append($"{name} days since last", of.Latest, row => of.Count[row] > 0 ? of.LastAge[row] : double.NaN);
            Append($"{name} days since first", of.Latest, row => of.Count[row] > 0 ? of.FirstAge[row] : double.NaN);
            if (amountKinds.Contains(kind))
            {
                Append($"{name} amount", of.Latest, row => of.Amount[row]);
                Append($"{name} mean amount", of.Latest, row => of.Count[row] > 0 ? of.Amount[row] / of.Count[row] : double.NaN);
            }
        }
        Append("active days", rhythm.Latest, row => rhythm.Days[row]?.Count ?? 0);
        Append("hour sine", rhythm.Latest, row => rhythm.Mean(rhythm.Sine, row));
        Append("hour cosine", rhythm.Latest, row => rhythm.Mean(rhythm.Cosine, row));
        Append("weekend share", rhythm.Latest, row => rhythm.Mean(rhythm.Weekends, row));
        return new WindowFeatureSet(new FeatureTable(columns), sources);

        void Append(string name, DateTimeOffset?[] latest, Func<int, double> value)
        {
            columns.Add(FeatureColumn.Numeric(name, [.. Enumerable.Range(0, members).Select(row => (float)value(row))]));
            sources.Add(new FeatureSource(name, latest));
        }
    }

    private static void Advance(DateTimeOffset?[] latest, MemberEvent happening)
    {
        if (!(latest[happening.Member] >= happening.At))
        {
            latest[happening.Member] = happening.At;
        }
    }

    private sealed class Tally(int members)
    {
        public int[] Count { get; } = new int[members];

        public double[] LastAge { get; } = [.. Enumerable.Repeat(double.PositiveInfinity, members)];

        public double[] FirstAge { get; } = new double[members];

        public double[] Amount { get; } = new double[members];

        public DateTimeOffset?[] Latest { get; } = new DateTimeOffset?[members];

        public void Add(MemberEvent happening, double age)
        {
            int row = happening.Member;
            Count[row]++;
            Amount[row] += happening.Amount;
            LastAge[row] = Math.Min(LastAge[row], age);
            FirstAge[row] = Math.Max(FirstAge[row], age);
            Advance(Latest, happening);
        }
    }

    private sealed class Rhythm(int members)
    {
        private readonly int[] _events = new int[members];

        public HashSet<int>?[] Days { get; } = new HashSet<int>?[members];

        public double[] Sine { get; } = new double[members];

        public double[] Cosine { get; } = new double[members];

        public double[] Weekends { get; } = new double[members];

        public DateTimeOffset?[] Latest { get; } = new DateTimeOffset?[members];

        public void Add(MemberEvent happening)
        {
            int row = happening.Member;
            double angle = 2 * Math.PI * happening.At.TimeOfDay.TotalHours / HoursOfDay;
            _events[row]++;
            Sine[row] += Math.Sin(angle);
            Cosine[row] += Math.Cos(angle);
            Weekends[row] += happening.At.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0;
            (Days[row] ??= []).Add(DateOnly.FromDateTime(happening.At.DateTime).DayNumber);
            Advance(Latest, happening);
        }

        public double Mean(double[] sums, int row) => _events[row] > 0 ? sums[row] / _events[row] : double.NaN;
    }
}
