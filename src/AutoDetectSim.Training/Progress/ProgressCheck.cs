namespace AutoDetectSim.Training.Progress;

/// <summary>What the form of a progress file does not rule out, and no file of this program has.</summary>
internal static class ProgressCheck
{
    private const int LongestName = 200;

    /// <summary>What is wrong, or null.</summary>
    public static string? Problem(TraineeProgress progress)
    {
        if (HasControl(progress.Trainee))
        {
            return "the name of the trainee has control characters";
        }

        foreach (var (name, lesson) in progress.Lessons)
        {
            // A lesson's name becomes the name of a file.
            if (name.Length is 0 or > LongestName || HasControl(name) || name.AsSpan().IndexOfAny('/', '\\') >= 0)
            {
                return "a lesson has a name that no lesson has";
            }

            if (lesson is null)
            {
                return $"the lesson '{name}' is null";
            }

            if (lesson.Diagnoses.Any(one => one is null) || lesson.Answers.Any(one => one is null) || lesson.Repairs.Any(one => one is null))
            {
                return $"the lesson '{name}' has a diagnosis, answer or repair that is null";
            }

            if (HasControl(lesson.Title))
            {
                return $"the title of the lesson '{name}' has control characters";
            }
        }

        return null;
    }

    private static bool HasControl(string text) => text.Any(char.IsControl);
}
