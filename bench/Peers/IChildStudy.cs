namespace Noah.Bench.Peers;

/// <summary>A study whose solvers run each in a process of its own, so that times, memory and crashes of one are not another's.</summary>
internal interface IChildStudy : IStudy
{
    /// <summary>In the child: draws the instance of the parameters and solves it.</summary>
    /// <param name="role"><c>noah</c> or the name of a peer.</param>
    /// <param name="parameters">The study's parameters.</param>
    /// <returns>A <see cref="NoahReport"/> or a <see cref="PeerReport"/>.</returns>
    object RunChild(string role, StudyParameters parameters);
}
