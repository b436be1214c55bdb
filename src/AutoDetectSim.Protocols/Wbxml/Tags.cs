namespace AutoDetectSim.Protocols.Wbxml;

/// <summary>The tags that the simulator reads and writes: code page and token (MS-ASWBXML section 2.1.2.1).</summary>
internal static class Tags
{
    /// <summary>Code page 7, FolderHierarchy.</summary>
    public static class Folder
    {
        private const byte Page = 7;

        public static (byte, byte) DisplayName => (Page, 0x07);

        public static (byte, byte) ServerId => (Page, 0x08);

        public static (byte, byte) ParentId => (Page, 0x09);

        public static (byte, byte) Type => (Page, 0x0A);

        public static (byte, byte) Status => (Page, 0x0C);

        public static (byte, byte) Changes => (Page, 0x0E);

        public static (byte, byte) Add => (Page, 0x0F);

        public static (byte, byte) SyncKey => (Page, 0x12);

        public static (byte, byte) FolderSync => (Page, 0x16);

        public static (byte, byte) Count => (Page, 0x17);
    }

    /// <summary>Code page 13, Ping.</summary>
    public static class Ping
    {
        private const byte Page = 13;

        public static (byte, byte) Root => (Page, 0x05);

        public static (byte, byte) Status => (Page, 0x07);
    }

    /// <summary>Code page 14, Provision.</summary>
    public static class Provision
    {
        private const byte Page = 14;

        public static (byte, byte) Root => (Page, 0x05);

        public static (byte, byte) Policies => (Page, 0x06);

        public static (byte, byte) Policy => (Page, 0x07);

        public static (byte, byte) PolicyType => (Page, 0x08);

        public static (byte, byte) PolicyKey => (Page, 0x09);

        public static (byte, byte) Data => (Page, 0x0A);

        public static (byte, byte) Status => (Page, 0x0B);

        public static (byte, byte) Document => (Page, 0x0D);

        public static (byte, byte) DevicePasswordEnabled => (Page, 0x0E);
    }

    /// <summary>Code page 18, Settings.</summary>
    public static class Settings
    {
        private const byte Page = 18;

        public static (byte, byte) Root => (Page, 0x05);

        public static (byte, byte) Status => (Page, 0x06);

        public static (byte, byte) Get => (Page, 0x07);

        public static (byte, byte) Set => (Page, 0x08);

        public static (byte, byte) DeviceInformation => (Page, 0x16);

        public static (byte, byte) Model => (Page, 0x17);

        public static (byte, byte) UserInformation => (Page, 0x1D);

        public static (byte, byte) EmailAddresses => (Page, 0x1E);

        public static (byte, byte) EmailAddress => (Page, 0x1F);

        public static (byte, byte) PrimarySmtpAddress => (Page, 0x23);

        public static (byte, byte) Accounts => (Page, 0x24);

        public static (byte, byte) Account => (Page, 0x25);

        public static (byte, byte) UserDisplayName => (Page, 0x28);
    }
}
