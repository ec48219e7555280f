package org.idem.cli.argument;

import java.util.regex.Pattern;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.MissingPart;
import org.idem.execution.cluster.Cluster;
import org.idem.execution.cluster.ClusterEngine;

/** Reads the option that names a cluster of Apache Spark. */
public final class SparkMaster {
    private static final Pattern HERE = Pattern.compile("local(\\[([1-9][0-9]{0,2}|\\*)])?");
    private static final Pattern ELSEWHERE =
            Pattern.compile("spark://[A-Za-z0-9.-]+:[1-9][0-9]{0,4}(,[A-Za-z0-9.-]+:[1-9][0-9]{0,4})*");

    private static final Pattern PORT = Pattern.compile(":([0-9]+)");
    private static final int LAST_PORT = 65535;

    private SparkMaster() {}

    /**
     * Whether the master is this process, so that tasks use its memory.
     *
     * @param master the value of --spark
     * @return false for other machines
     */
    public static boolean isHere(String master) {
        return HERE.matcher(master).matches();
    }

    private static boolean isElsewhere(String master) {
        return ELSEWHERE.matcher(master).matches()
                && PORT.matcher(master).results().allMatch(port -> Integer.parseInt(port.group(1)) <= LAST_PORT);
    }

    /**
     * A way to the cluster; nothing is connected to yet.
     *
     * @param master the value of --spark
     * @return connects when it is known what a task needs
     */
    public static Cluster.Opening of(String master) {
        if (!isHere(master) && !isElsewhere(master)) {
            throw new BadInput("--spark must be spark://HOST:PORT of a standalone master, its port from 1 to 65535, or"
                    + " local[N] for N threads of this machine, got '" + master + "'");
        }
        ClusterEngine engine = ClusterEngine.find()
                .orElseThrow(
                        () -> new MissingPart("--spark needs the program's part for Apache Spark, which is not built;"
                                + " start it as ./idem, which builds that part, or give --shard in its place"));
        return needs -> {
            try {
                return engine.open(master, FileArguments.home(), needs);
            } catch (LinkageError missing) {
                throw new BadInput("--spark needs the program's part for Apache Spark, of which something is missing ("
                        + missing.getMessage() + "); take "
                        + FileArguments.home().resolve("target/spark")
                        + " away and start ./idem again, which builds it anew");
            }
        };
    }
}
