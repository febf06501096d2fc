using Noah.Prediction.Features;

namespace Noah.Prediction.Training;

/// <summary>Checked training data and their split into folds. Rows keep their number in the table.</summary>
internal sealed record TrainingSet(ITrainingRows Data, int[] Actions, int ActionCount, float[][] Labels, int[][] Folds)
{
    public const int MinRows = 50;

    public int Rows => Data.Rows;

    public static TrainingSet Create(
        FeatureTable features, ReadOnlySpan<int> actions, float[][] labels, TrainingOptions options, Random random) =>
        Create(new TableRows(features), actions.ToArray(), labels, options, random, nameof(features));

    public static TrainingSet Create(EncodedRows rows, TrainingOptions options, Random random) =>
        Create(rows, rows.Actions, rows.Labels, options, random, nameof(rows));

    private static TrainingSet Create(
        ITrainingRows data, int[] actions, float[][] labels, TrainingOptions options, Random random, string parameter)
    {
        int rows = data.Rows;
        if (rows < MinRows)
        {
            throw new ArgumentException($"Training needs at least {MinRows} rows; there are {rows}.", parameter);
        }
        RequireActions(actions, rows, options.Actions.Count);
        foreach (float[] label in labels)
        {
            if (label.Length != rows)
            {
                throw new ArgumentException($"There are {label.Length} labels for {rows} rows.", nameof(labels));
            }
        }
        var order = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            order[i] = i;
        }
        random.Shuffle(order);
        int[][] folds = [.. Enumerable.Range(0, options.Folds).Select(f => order[FoldStart(f)..FoldStart(f + 1)])];
        return new TrainingSet(data, actions, options.Actions.Count, labels, folds);

        int FoldStart(int fold) => (int)((long)rows * fold / options.Folds);
    }

    public static void RequireActions(ReadOnlySpan<int> actions, int rows, int actionCount)
    {
        if (actions.Length != rows)
        {
            throw new ArgumentException($"There are {actions.Length} actions for {rows} rows.", nameof(actions));
        }
        for (int row = 0; row < rows; row++)
        {
            if ((uint)actions[row] >= (uint)actionCount)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(actions), actions[row], $"The action of row {row} must be in [0, {actionCount}).");
            }
        }
    }

    /// <summary>The rows under each action, [actions].</summary>
    public int[][] ByAction(int[] rows)
    {
        var counts = new int[ActionCount];
        foreach (int row in rows)
        {
            counts[Actions[row]]++;
        }
        int[][] byAction = [.. counts.Select(count => new int[count])];
        Array.Clear(counts);
        foreach (int row in rows)
        {
            byAction[Actions[row]][counts[Actions[row]]++] = row;
        }
        return byAction;
    }

    /// <summary>Rows under each action, [actions].</summary>
    public int[] CountByAction()
    {
        var counts = new int[ActionCount];
        foreach (int action in Actions)
        {
            counts[action]++;
        }
        return counts;
    }
}
