package org.idem.laboratory;

import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/**
 * How long networks take that are trained side by side, in the order of a study: the first seeds of all points first,
 * the longest ones before others.
 *
 * @param jobs networks that differ by their seeds, the longest first
 */
record Schedule(List<Job> jobs) {
    /** Of more networks than this on a processor, the last ones hardly count. */
    private static final int MANY = 100;

    /**
     * Networks of one kind.
     *
     * @param threads that each of them has
     * @param seconds that each of them takes
     * @param networks how many there are
     */
    record Job(int threads, double seconds, long networks) {}

    /** Seconds of all networks. */
    double seconds(int processors) {
        // networks of another number of threads are trained after each other
        return jobs.stream().collect(Collectors.groupingBy(Job::threads)).entrySet().stream()
                .mapToDouble(same -> sideBySide(same.getValue(), Math.max(1, processors / same.getKey())))
                .sum();
    }

    /** Seconds of the network that takes longest. */
    double longest() {
        return jobs.stream().mapToDouble(Job::seconds).max().orElse(0);
    }

    private static double sideBySide(List<Job> jobs, int atOnce) {
        long networks = jobs.stream().mapToLong(Job::networks).sum();
        if (networks > (long) MANY * atOnce) {
            return jobs.stream()
                            .mapToDouble(job -> job.seconds() * job.networks())
                            .sum()
                    / atOnce;
        }
        PriorityQueue<Double> ends = new PriorityQueue<>();
        double last = 0;
        for (long seed = 0; networks > 0; seed++) {
            for (Job job : jobs) {
                if (seed < job.networks()) {
                    double begin = ends.size() < atOnce ? 0 : ends.remove();
                    ends.add(begin + job.seconds());
                    last = Math.max(last, begin + job.seconds());
                    networks--;
                }
            }
        }
        return last;
    }
}
