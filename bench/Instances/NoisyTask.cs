using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>
/// A seeded yes/no task: normal features, classes by the sign of a random two-layer teacher's output, some labels flipped. What a network
/// can learn by heart and had better not.
/// </summary>
internal sealed record NoisyTask(FeatureTable Features, int[] Actions, float[] Labels)
{
    private const int TeacherWidth = 16;

    public static NoisyTask Draw(int seed, int rows, int width, double flipped)
    {
        var random = new CounterRandom((ulong)seed, CounterRandom.Stream.Task, 0);
        var into = Normals(ref random, TeacherWidth * width, 1 / Math.Sqrt(width));
        var outOf = Normals(ref random, TeacherWidth, 1);
        var columns = Enumerable.Range(0, width).Select(_ => new float[rows]).ToArray();
        var labels = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            var x = Normals(ref random, width, 1);
            var output = 0.0;
            for (var unit = 0; unit < TeacherWidth; unit++)
            {
                var sum = 0.0;
                for (var k = 0; k < width; k++)
                {
                    sum += into[unit * width + k] * x[k];
                }

                output += outOf[unit] * Math.Tanh(2 * sum);
            }

            for (var k = 0; k < width; k++)
            {
                columns[k][row] = (float)x[k];
            }

            labels[row] = output > 0 ^ random.Uniform() < flipped ? 1 : 0;
        }

        var table = new FeatureTable([.. columns.Select((column, k) => FeatureColumn.Numeric($"x{k}", column))]);
        return new NoisyTask(table, new int[rows], labels);
    }

    private static double[] Normals(ref CounterRandom random, int count, double deviation)
    {
        var values = new double[count];
        for (var k = 0; k < count; k++)
        {
            values[k] = deviation * random.Normal();
        }

        return values;
    }
}
