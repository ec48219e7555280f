package org.idem.cli.theorem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.idem.array.Digest;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.LastWords;
import org.idem.cli.terminal.Terminal;
import org.idem.image.Image;
import org.idem.provenance.Fingerprint;
import org.idem.verification.share.KeptTrials;
import org.idem.verification.share.RunDescription;
import org.idem.wording.Count;

/** A run of verify that goes on where it was ended: the folder of its report keeps its trials until it is complete. */
final class KeptRun {
    /** Folder of the trials, in that of the report. */
    static final String FOLDER = "kept-trials";

    private KeptRun() {}

    /** The trials that are kept of a run; says how many there are. */
    static KeptTrials of(RunDescription run, TheoremOptions options, boolean seedGiven, Path report)
            throws IOException {
        Path folder = report.resolve(FOLDER);
        RunDescription exactly = exactly(run, options);
        KeptTrials kept;
        try {
            kept = KeptTrials.open(folder, exactly, seedGiven, System::nanoTime, KeptRun::sayUnkept);
        } catch (IOException unreadable) {
            throw new BadInput("--report: " + folder
                    + " must be a folder that can be read and written; remove it, or name another folder");
        }
        long trials = kept.known().count();
        if (trials > 0) {
            System.err.println("idem: " + folder + " holds " + trials + Count.word(trials, " trial", " trials")
                    + " of this run, which was ended before; only the others are run");
        }
        return kept;
    }

    private static void sayUnkept(String line) {
        Terminal.clearProgress();
        System.err.println("idem: " + line);
    }

    /** The run with all that its trials depend on in place of the version. */
    private static RunDescription exactly(RunDescription run, TheoremOptions options) throws IOException {
        Digest given = new Digest().add(Fingerprint.ofProgram());
        for (Path place : options.classpath()) {
            given.addFiles(place);
        }
        for (Image image : run.images() == null ? List.<Image>of() : options.pictures()) {
            given.add(image.pixels());
        }
        return run.ofVersion(run.version() + " " + given.digits());
    }

    /** Works, and keeps what is done if that fails; a user who interrupts is told whether the trials are kept. */
    static void during(KeptTrials kept, LastWords.Work work) throws IOException {
        try {
            LastWords.during(
                    () -> kept.flush()
                            ? "the trials that were run are kept, and the same command goes on with the others"
                            : "not all trials that were run are kept",
                    work);
            kept.rest();
        } catch (IOException | RuntimeException failure) {
            kept.close();
            throw failure;
        }
    }
}
