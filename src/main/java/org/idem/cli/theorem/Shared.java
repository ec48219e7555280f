package org.idem.cli.theorem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.Terminal;
import org.idem.theorem.Theorem;
import org.idem.verification.share.PowerShare;
import org.idem.verification.share.RunDescription;
import org.idem.verification.share.ShareFile;
import org.idem.verification.share.ShareResult;
import org.idem.verification.share.ShareRun;
import org.idem.verification.share.SharedPower;
import org.idem.verification.share.SharedTrials;
import org.idem.wording.Count;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A run of verify or of power that several processes share. */
final class Shared {
    private static final Set<String> BESIDE_MERGE = Set.of("--merge", "--report", "--json");
    private static final Set<String> NOT_BESIDE_SHARD = Set.of("--report", "--worst", "--guarantee");

    private Shared() {}

    /** Runs a share, writes what it saw and says so. */
    static void run(ShareRun share, List<Theorem<?>> theorems, Path json) throws IOException {
        ShareResult result =
                share.of(theorems, (id, done, all) -> Terminal.progress(id, done, all, "trials of this share"));
        Terminal.clearProgress();
        ShareFile.write(json, result);
        long trials =
                result.theorems().stream().mapToLong(one -> one.trials().size()).sum();
        System.out.println(
                "share          " + share.share() + ": ran " + trials + Count.word(trials, " trial", " trials")
                        + " of " + theorems.size() + Count.word(theorems.size(), " theorem", " theorems")
                        + "; a share alone decides nothing");
        written("verify", share.share().shares(), json, "decides");
    }

    /** Writes what a share of power found and says so. */
    static void write(PowerShare result, Path json) throws IOException {
        ShareFile.write(json, result);
        int theorems = result.theorems().size();
        System.out.println("share          " + result.number() + "/" + result.shares() + ": " + theorems
                + Count.word(theorems, " theorem", " theorems")
                + (result.alarms() == null
                        ? ""
                        : ", " + Count.of(result.alarms().runs(), "run") + " of true theorems"));
        written("power", result.shares(), json, "prints what one process would");
    }

    private static void written(String command, int shares, Path json, String does) {
        System.out.println("written        " + json + "; 'idem " + command + " --merge' joins the files of all "
                + shares + " shares and " + does);
    }

    /** Refuses what a share alone cannot do. */
    static void checkShard(CommandSpec command, @Nullable Long seed) {
        if (seed == null) {
            throw new BadInput("--shard needs --seed, the same for all shares, got no --seed");
        }
        for (OptionSpec given : command.commandLine().getParseResult().matchedOptions()) {
            if (NOT_BESIDE_SHARD.contains(given.longestName())) {
                throw new BadInput("--shard takes no " + given.longestName()
                        + (given.longestName().equals("--guarantee")
                                ? ", which needs all trials to know when to stop; give --trials"
                                : ", which needs all trials"));
            }
        }
    }

    /** Refuses options that the files of the shares know already. */
    static void checkMerge(CommandSpec command, List<String> ids) {
        if (!ids.isEmpty()) {
            throw new BadInput("--merge takes no theorems, got " + String.join(" ", ids));
        }
        for (OptionSpec given : command.commandLine().getParseResult().matchedOptions()) {
            if (!BESIDE_MERGE.contains(given.longestName())) {
                throw new BadInput("--merge takes no " + given.longestName() + ", which the shares know");
            }
        }
    }

    /** The trials of all files, which must be shares of one run of this version. */
    static SharedTrials read(List<Path> files, String version) {
        SharedTrials joined = joined(files, ShareFile::read, share -> new SharedTrials(share.run()), SharedTrials::add);
        requireVersion(joined.run(), version);
        return joined;
    }

    /** What all files found, which must be shares of one run of power of this version. */
    static SharedPower readPower(List<Path> files, String version) {
        SharedPower joined = joined(files, ShareFile::readPower, SharedPower::new, SharedPower::add);
        requireVersion(joined.run(), version);
        return joined;
    }

    /** Reads a share. */
    @FunctionalInterface
    private interface Reading<S> {
        S of(Path file) throws IOException;
    }

    private static <S, J> J joined(
            List<Path> files, Reading<S> reading, Function<S, J> begun, BiConsumer<J, S> adding) {
        J joined = null;
        for (Path file : files) {
            try {
                if (!Files.isRegularFile(file)) {
                    throw new IOException("must be a file, got " + kind(file));
                }
                S share = reading.of(file);
                joined = joined == null ? begun.apply(share) : joined;
                adding.accept(joined, share);
            } catch (IOException | IllegalArgumentException wrong) {
                throw new BadInput("--merge: " + file + ": " + wrong.getMessage());
            }
        }
        if (joined == null) {
            throw new BadInput("--merge must name files, got none");
        }
        return joined;
    }

    /** What stands in place of a file. */
    private static String kind(Path file) {
        if (file.toString().isEmpty()) {
            return "nothing";
        }
        return Files.isDirectory(file) ? "a folder" : Files.exists(file) ? "a pipe or device" : "none";
    }

    private static void requireVersion(RunDescription run, String version) {
        if (!run.version().equals(version)) {
            throw new BadInput("--merge must name shares of this version, " + version + ", got " + run.version());
        }
    }
}
