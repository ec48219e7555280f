package org.idem.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Says why a store cannot be used: one line with the folder, the rule and what to do. */
public final class StoreException extends IOException {
    /**
     * A refusal.
     *
     * @param folder of the store
     * @param problem the rule, what was found, the remedy; in one line
     */
    StoreException(Path folder, String problem) {
        super(oneLine(folder + ": " + problem));
    }

    /**
     * A failure of the file system.
     *
     * @param folder of the store
     * @param problem what could not be done
     * @param cause its reason goes into the line
     * @param remedy what to do
     */
    StoreException(Path folder, String problem, IOException cause, String remedy) {
        super(oneLine(folder + ": " + problem + ", " + reason(cause) + "; " + remedy), cause);
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        String said = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        return said == null ? failure.getClass().getSimpleName() : said;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
