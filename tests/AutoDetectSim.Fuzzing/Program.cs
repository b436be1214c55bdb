return AutoDetectSim.Fuzzing.FuzzCommand.Create().Parse(args).Invoke();
