Console.Error.WriteLine("certs-gen");
