package org.idem.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import org.idem.execution.cluster.ClusterException;

/** Where a master listens. Spark itself would try for a minute before it says that nothing does. */
final class MasterAddress {
    private static final int MOST_MILLISECONDS = 5000;
    private static final String SCHEME = "spark://";

    private MasterAddress() {}

    /**
     * Knocks at the masters of an address, until one answers.
     *
     * @return the address of this machine that the master can answer to
     */
    static InetAddress reached(String masters) throws ClusterException {
        String reason = "";
        for (String one : masters.substring(SCHEME.length()).split(",")) {
            int colon = one.lastIndexOf(':');
            try (Socket socket = new Socket()) {
                int port = Integer.parseInt(one.substring(colon + 1));
                socket.connect(new InetSocketAddress(one.substring(0, colon), port), MOST_MILLISECONDS);
                return socket.getLocalAddress();
            } catch (UnknownHostException nobody) {
                reason = "there is no host of that name";
            } catch (IOException unreachable) {
                reason = SparkEngine.firstLine(unreachable);
            }
        }
        throw new ClusterException("--spark: no master answers at " + masters + ", " + reason
                + "; start one there, or give the address that its own page shows");
    }
}
