Console.Error.WriteLine("autodetectsim");
