package dev.wane.formats.model;

import dev.wane.groups.NamedShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The headers of the arrays in a {@code .npz}: a magic, a version, a length and a dictionary with the shape. */
final class NumpyArchive {
    private static final int LARGEST_HEADER = 65_536;
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9,\\sL]*)\\)");

    private NumpyArchive() {}

    static List<NamedShape> read(Path file) throws IOException {
        List<NamedShape> arrays = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().endsWith(".npy")) {
                    String name = entry.getName().substring(0, entry.getName().length() - 4);
                    try (InputStream in = zip.getInputStream(entry)) {
                        arrays.add(NamedShape.of(name, shape(file, name, in)));
                    }
                }
            }
        }
        if (arrays.isEmpty()) {
            throw ModelReader.problem(file, "holds no array");
        }
        return arrays;
    }

    private static List<Long> shape(Path file, String name, InputStream in) throws IOException {
        byte[] start = in.readNBytes(8);
        boolean known = start.length == 8 && (start[0] & 0xff) == 0x93 && start[1] == 'N' && start[2] == 'U';
        byte[] length = known ? in.readNBytes(start[6] == 1 ? 2 : 4) : new byte[0];
        int size = 0;
        for (int i = length.length - 1; i >= 0; i--) {
            size = (size << 8) | (length[i] & 0xff);
        }
        Matcher matcher = known && size > 0 && size <= LARGEST_HEADER
                ? SHAPE.matcher(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1))
                : SHAPE.matcher("");
        if (!matcher.find()) {
            throw ModelReader.problem(file, "the array '" + name + "' has no header with a shape");
        }
        return Arrays.stream(matcher.group(1).split("[,\\sL]+", -1))
                .filter(part -> !part.isBlank())
                .map(Long::valueOf)
                .toList();
    }
}
