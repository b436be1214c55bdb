using AutoDetectSim.CertsGen;

return CertsGenCommand.Run(args, Console.Out, Console.Error, TimeProvider.System);
