using Noah.Api.Features.Operations.Contracts;

namespace Noah.Api.Features.Training.Contracts;

/// <summary>Trains in a process of its own, so that what kills it, such as a native abort, costs one operation and not the host.</summary>
internal interface ITrainer
{
    /// <summary>Threads that its sums may use.</summary>
    int Threads { get; }

    /// <summary>Runs a task to its end and passes on how far it is. Cancelled, or with the operation's lease lost, it is killed.</summary>
    /// <exception cref="Platform.Errors.ProblemException">It died, or ran out of memory; the problem says that trying again may help.</exception>
    /// <exception cref="InvalidOperationException">It gave up over a fault, which the message tells.</exception>
    Task<T> RunAsync<T>(TrainerTask<T> task, OperationRun run, CancellationToken cancellationToken);
}

/// <summary>Work for the trainer.</summary>
/// <param name="Kind">Of the learner that does it.</param>
/// <param name="WriteAsync">Leaves in a private folder what to learn from: no member, address or tenant by name.</param>
/// <param name="Read">Reads from there what was learnt.</param>
internal sealed record TrainerTask<T>(string Kind, Func<string, CancellationToken, Task> WriteAsync, Func<string, T> Read);

/// <summary>Does one kind of task inside the trainer: reads the folder, and leaves there what was learnt.</summary>
internal delegate void TrainerLearner(string folder, TrainerStages stages);
