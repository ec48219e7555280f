package org.idem.laboratory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.idem.array.Precision;
import org.idem.execution.cluster.Cluster;
import org.idem.laboratory.plan.Census;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.RunLine;
import org.idem.laboratory.plan.Study;
import org.idem.laboratory.result.ResultJson;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.run.StudyRunner;
import org.idem.store.Store;

/** Trains studies into stores and reads what stores hold. */
public final class Laboratory implements AutoCloseable {
    static final String IMAGES = "images-";
    private static final String STUDY = "study-";

    private final Store store;
    private final List<String> ofOthers;

    /** @param ofOthers remarks on stores that are joined in this one */
    private Laboratory(Store store, List<String> ofOthers) {
        this.store = store;
        this.ofOthers = ofOthers;
    }

    /** Hears what is taken over from stores that are joined. */
    @FunctionalInterface
    public interface Taken {
        /**
         * A store was joined.
         *
         * @param folder of the store
         * @param networks that were taken over from it
         * @param known networks of it that were there already
         */
        void from(Path folder, long networks, long known);
    }

    /**
     * Opens a store for training.
     *
     * @param folder is made if it is missing
     * @return with a lock on the store
     * @throws IOException in one line, if another process trains there, or the folder is none of a store of this
     *     version
     */
    public static Laboratory open(Path folder) throws IOException {
        return new Laboratory(Store.open(folder, Run.VERSION), List.of());
    }

    /**
     * Opens a store to read what is there, also while another process trains.
     *
     * @param folder of a store
     * @return without a lock
     * @throws IOException in one line, if the folder is none of a store of this version
     */
    public static Laboratory reading(Path folder) throws IOException {
        return new Laboratory(Store.reading(folder, Run.VERSION), List.of());
    }

    /**
     * Takes over what other stores hold. They are looked at first, and if one does not fit, nothing is changed.
     *
     * @param others folders of stores of the same studies
     * @param folder of the joined results: missing, empty, or such a store as well
     * @param listener hears of each folder
     * @return with a lock on the joined store
     * @throws IOException in one line, if a folder is none of a store of this version, if the stores are of several
     *     studies or were trained on different images of the same names, or if one cannot be read or written; a joined
     *     store that was begun for this and got no network is taken away
     */
    public static Laboratory join(List<Path> others, Path folder, Taken listener) throws IOException {
        Joining joining = new Joining();
        joining.add(others);
        if (isStore(folder)) {
            joining.add(List.of(folder));
        }
        Laboratory joined = new Laboratory(Store.open(folder, Run.VERSION), joining.remarks());
        try {
            for (Path other : others) {
                long before = joined.networks();
                joined.store.merge(other);
                long taken = joined.networks() - before;
                listener.from(other, taken, joining.networks(other) - taken);
            }
            return joined;
        } catch (IOException | RuntimeException failure) {
            joined.takeAwayIfEmpty();
            joined.close();
            throw failure;
        }
    }

    /**
     * Whether a folder is a store, of whatever version.
     *
     * @param folder any
     * @return false if there is none
     */
    public static boolean isStore(Path folder) {
        return Store.isStore(folder);
    }

    /**
     * What was found damaged at opening, here and in stores that were joined, and what was done about it.
     *
     * @return one line each
     */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(ofOthers);
        store.remarks().stream().filter(remark -> !remarks.contains(remark)).forEach(remarks::add);
        return remarks;
    }

    /**
     * The same, and whether the store holds networks beside those of a study.
     *
     * @param runs of the study
     * @return one line each
     */
    public List<String> remarks(List<Run> runs) {
        Set<String> own = runs.stream().map(Run::key).collect(Collectors.toSet());
        long others = store.keys().stream()
                .filter(key -> isNetwork(key) && !own.contains(key))
                .count();
        List<String> remarks = new ArrayList<>(remarks());
        if (others > 0) {
            remarks.add(folder() + " holds " + others + " networks of other studies, which stay there and are in no"
                    + " table or figure of this one; --store DIR names a folder of its own");
        }
        return remarks;
    }

    /**
     * Runs that the store lacks.
     *
     * @param runs any
     * @return each key once
     */
    public List<Run> missing(List<Run> runs) {
        return StudyRunner.distinct(runs).stream()
                .filter(run -> !store.holds(run.key()))
                .toList();
    }

    /** Networks of a study that the store lacks, by their parts. */
    List<Census.Part> missing(Census census) throws IOException {
        Set<Long> seeds = new TreeSet<>();
        read().values().forEach(result -> seeds.add(RunLine.parse(result.line()).seed()));
        return census.missing(seeds, store::holds);
    }

    /**
     * Trains what the store lacks. A result is on the disk before the next run of its thread begins.
     *
     * @param study what the runs are of; is kept, so that its tables can be made from the store alone
     * @param runs of the study, or a share of them
     * @param progress hears how many runs are finished
     * @throws IOException in one line, if results cannot be kept; those that were kept stay. A store that was begun for
     *     this and got none is taken away.
     */
    public void train(Study study, List<Run> runs, StudyRunner.Progress progress) throws IOException {
        orTakenAway(() -> StudyRunner.train(
                begun(study, runs), (run, trained) -> keep(run.key(), StudyWork.parcel(run, trained)), progress));
    }

    /**
     * Trains what the store lacks on other machines. Results are kept here as they come; nothing is connected to if
     * nothing lacks.
     *
     * @param study as above
     * @param runs of the study, or a share of them
     * @param opening connects to the machines
     * @param progress hears how many runs are finished
     * @param waiting hears what is waited for until the first result comes
     * @throws IOException in one line, if the machines cannot be had or are lost, or results cannot be kept; those that
     *     were kept stay. A store that was begun for this and got none is taken away.
     */
    public void train(
            Study study,
            List<Run> runs,
            Cluster.Opening opening,
            StudyRunner.Progress progress,
            Consumer<String> waiting)
            throws IOException {
        orTakenAway(() -> {
            List<Run> missing = begun(study, runs);
            if (missing.isEmpty()) {
                return;
            }
            waiting.accept("connecting to the cluster");
            try (Cluster cluster = opening.open(StudyRunner.needs(missing))) {
                new ClusterTraining(missing, store::append, progress, waiting).on(cluster);
            }
        });
    }

    /** Work that keeps networks in the store. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    /** Works. If that fails before the first network is kept, a store that was begun for it is taken away. */
    private void orTakenAway(Work work) throws IOException {
        try {
            work.run();
        } catch (IOException | RuntimeException refused) {
            takeAwayIfEmpty();
            throw refused;
        }
    }

    /** Deletes the store if it was begun here and holds no network. */
    private void takeAwayIfEmpty() throws IOException {
        if (networks() == 0) {
            store.abandon();
        }
    }

    /** Keeps what the study is and its images; gives the runs that the store lacks. */
    private List<Run> begun(Study study, List<Run> runs) throws IOException {
        ObjectNode plan = StudyJson.write(study);
        String key = STUDY + StudyJson.digest(plan);
        if (!store.holds(key)) {
            store.append(key, plan, Map.of(), Precision.FLOAT64);
        }
        List<Run> missing = missing(runs);
        for (Run run : missing) {
            String images = IMAGES + run.task().digest();
            if (!store.holds(images)) {
                keep(images, TaskImages.of(run.task()));
            }
        }
        return missing;
    }

    private void keep(String key, Parcel parcel) throws IOException {
        store.append(key, parcel.record(), parcel.arrays(), parcel.precision());
    }

    /**
     * What is there of a study.
     *
     * @param study whose points are looked up
     * @param title for people
     * @param runs of the study, in its order
     * @return rows of finished runs, in the order of the runs
     * @throws IOException if the store cannot be read
     */
    public StudyResults results(Study study, String title, List<Run> runs) throws IOException {
        Map<String, RunResult> read = read();
        List<StudyResults.Row> rows = new ArrayList<>();
        for (Run run : runs) {
            RunResult result = read.get(run.key());
            if (result != null) {
                rows.add(new StudyResults.Row(run.task().point(), run.seed(), result));
            }
        }
        return new StudyResults(study.name(), title, runs.size(), rows, new LaboratoryArrays(store));
    }

    /**
     * What a store holds, under the name of its last study: that of a named study with the same grid, or fcn or cnn.
     *
     * @return as {@link #results(String)}; called as the folder, if the store does not say of which study it is
     * @throws IOException if the store cannot be read
     */
    public StudyResults results() throws IOException {
        Optional<JsonNode> plan = lastStudy();
        if (plan.isEmpty()) {
            return results(String.valueOf(folder().toAbsolutePath().getFileName()));
        }
        Optional<StudyFile> named = StudyJson.named(plan.get());
        StudyResults results = results(named.map(StudyFile::name).orElse(StudyJson.network(plan.get())));
        return new StudyResults(
                results.name(),
                named.map(StudyFile::title).orElse(""),
                results.expected(),
                results.rows(),
                results.arrays());
    }

    /**
     * What a store holds, without the images that its studies were asked for with.
     *
     * @param name by which to call it
     * @return rows in the order of the last study's grid, then runs that are not of that study in their own order
     * @throws IOException if the store cannot be read
     */
    public StudyResults results(String name) throws IOException {
        StudyJson.Found found = StudyJson.found(lastStudy(), read().values());
        return new StudyResults(name, "", found.expected(), found.rows(), new LaboratoryArrays(store));
    }

    long networks() {
        return store.keys().stream().filter(Laboratory::isNetwork).count();
    }

    private static boolean isNetwork(String key) {
        return !key.startsWith(STUDY) && !key.startsWith(IMAGES);
    }

    /** The folder of its store. */
    Path folder() {
        return store.folder();
    }

    /** Digests of the tasks whose images are held. */
    Set<String> images() {
        return store.keys().stream()
                .filter(key -> key.startsWith(IMAGES))
                .map(key -> key.substring(IMAGES.length()))
                .collect(Collectors.toSet());
    }

    /** Digests of the studies of which runs were trained. */
    Set<String> studies() {
        return store.keys().stream()
                .filter(key -> key.startsWith(STUDY))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<JsonNode> lastStudy() throws IOException {
        List<String> studies =
                store.keys().stream().filter(key -> key.startsWith(STUDY)).toList();
        return studies.isEmpty() ? Optional.empty() : store.record(studies.get(studies.size() - 1));
    }

    /**
     * What a network left.
     *
     * @param run any
     * @return empty if the store lacks it
     * @throws IOException if the store cannot be read
     */
    public Optional<RunResult> result(Run run) throws IOException {
        return store.record(run.key()).map(record -> ResultJson.read(run.key(), record));
    }

    /** Results by key. */
    Map<String, RunResult> read() throws IOException {
        Map<String, RunResult> results = new LinkedHashMap<>();
        store.forEach((key, record) -> {
            if (isNetwork(key)) {
                results.put(key, ResultJson.read(key, record));
            }
        });
        return results;
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
