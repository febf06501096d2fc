using System.Globalization;
using Noah.Api.Features.Training.Contracts;

namespace Noah.Api.Features.Training;

/// <summary>
/// The host's binary in its third role: <c>train KIND FOLDER BYTES</c> learns from what lies in the folder, within so much memory, and leaves its result there. It opens no database
/// and no port and knows no secret; it tells how far it is by lines on its output.
/// </summary>
internal static class TrainerProgram
{
    public const string Verb = "train";
    public const int Failed = 3;

    /// <param name="arguments">Behind the verb.</param>
    /// <param name="learners">By kind of task.</param>
    public static int Run(ReadOnlySpan<string> arguments, IReadOnlyDictionary<string, TrainerLearner> learners)
    {
        var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var stages = new TrainerStages(message => output.WriteLine(message.ToLine()));
        TrainerLimits.EndWith(Console.OpenStandardInput());
        try
        {
            var (kind, folder, memoryBytes) = (arguments[0], arguments[1], long.Parse(arguments[2], CultureInfo.InvariantCulture));
            TrainerLimits.Apply(memoryBytes);
            learners[kind](folder, stages);
            return 0;
        }
        catch (Exception exception)
        {
            output.WriteLine(new TrainerMessage(stages.Current, Fault: exception.ToString(), OutOfMemory: IsOutOfMemory(exception)).ToLine());
            return Failed;
        }
    }

    // libtorch reports it as an error of its own, in these words.
    private static bool IsOutOfMemory(Exception exception) =>
        exception is OutOfMemoryException || exception.Message.Contains("allocate memory", StringComparison.Ordinal);
}
