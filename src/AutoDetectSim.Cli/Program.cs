using System.CommandLine;
using AutoDetectSim.Cli.Verify;

return await new RootCommand("Rebuilds the world of Outlook Mobile's AutoDetect on one machine.") { VerifyCommand.Create() }.Parse(args).InvokeAsync();
