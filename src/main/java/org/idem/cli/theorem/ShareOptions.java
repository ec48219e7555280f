package org.idem.cli.theorem;

import java.nio.file.Path;
import java.util.List;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.argument.OutputFile;
import org.idem.cli.argument.Shards;
import org.idem.cli.terminal.BadInput;
import org.idem.execution.Share;
import org.idem.provenance.Versions;
import org.idem.verification.share.SharedPower;
import org.idem.verification.share.SharedTrials;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How several processes divide a run of verify or of power among them, and the file of results that they need. */
final class ShareOptions {
    @Option(
            names = "--json",
            paramLabel = "FILE",
            converter = OutputFile.class,
            description = "file for the results as JSON")
    private @Nullable Path json;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "does the I-th of N shares of the work only, decides nothing, and writes what it found to"
                    + " --json; needs --seed")
    private @Nullable String shard;

    @Option(
            names = "--merge",
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "runs no trials, but joins the files of all shares and says what one process would have" + " said")
    private List<Path> merged = List.of();

    /** The file for results, null if none is asked for. */
    @Nullable
    Path json() {
        return json;
    }

    /** The file for what a share found; refuses one that cannot be written. */
    Path jsonOfShare() {
        if (json == null) {
            throw new BadInput("--shard needs --json for what the share saw, got no --json");
        }
        FileArguments.checkOutput("--json", json);
        return json;
    }

    /** The share that is asked for, null if all is. Refuses what a share alone cannot do. */
    @Nullable
    Share share(CommandSpec command, @Nullable Long seed) {
        if (shard == null) {
            return null;
        }
        Shared.checkShard(command, seed);
        jsonOfShare();
        return Shards.of(shard);
    }

    /** The trials of all files, null if none are given. */
    @Nullable
    SharedTrials trials(CommandSpec command, List<String> ids) {
        if (merged.isEmpty()) {
            return null;
        }
        Shared.checkMerge(command, ids);
        return Shared.read(merged, Versions.of("idem"));
    }

    /** What shares of power found, null if no files are given. */
    @Nullable
    SharedPower power(CommandSpec command, List<String> ids) {
        if (merged.isEmpty()) {
            return null;
        }
        Shared.checkMerge(command, ids);
        return Shared.readPower(merged, Versions.of("idem"));
    }
}
