package org.idem.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;

/** Reads the records of a store at the places that its index has; many of them with the file opened once. */
final class StoredRecords implements Closeable {
    private final StoreFolder folder;
    private final RandomAccessFile file;

    /** Opens the file of results. */
    StoredRecords(StoreFolder folder) throws IOException {
        this.folder = folder;
        try {
            file = new RandomAccessFile(folder.results().toFile(), "r");
        } catch (IOException gone) {
            throw changed();
        }
    }

    /** The record of a line, whose checksum is tested. */
    JsonNode at(StoreIndex.Held place) throws IOException {
        byte[] line = new byte[place.bytes()];
        file.seek(place.at());
        try {
            file.readFully(line);
        } catch (EOFException shorter) {
            throw changed();
        }
        JsonNode record = ResultLine.record(line, place.recordFrom());
        if (record == null) {
            throw changed();
        }
        return record;
    }

    private StoreException changed() {
        return new StoreException(
                folder.folder(), "results.jsonl was changed by others since it was opened; give the command again");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
