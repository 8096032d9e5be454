package dev.wane.formats.model;

import dev.wane.formats.wire.WireReader;
import dev.wane.groups.NamedShape;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The initializers of an ONNX graph: ModelProto.graph (7), GraphProto.initializer (5), of each TensorProto dims (1) and name (8). */
final class OnnxInitializers {
    private static final int GRAPH = 7;
    private static final int INITIALIZER = 5;
    private static final int DIMS = 1;
    private static final int NAME = 8;

    private OnnxInitializers() {}

    static List<NamedShape> read(Path file) throws IOException {
        List<NamedShape> tensors = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file)) {
            WireReader model = new WireReader(channel, 0, channel.size());
            while (model.next()) {
                if (model.field() == GRAPH && model.isMessage()) {
                    graph(file, model.message(), tensors);
                }
            }
        }
        if (tensors.isEmpty()) {
            throw ModelReader.problem(file, "holds no initializer: no ONNX model, or one without weights");
        }
        return tensors;
    }

    private static void graph(Path file, WireReader graph, List<NamedShape> tensors) throws IOException {
        while (graph.next()) {
            if (graph.field() == INITIALIZER && graph.isMessage()) {
                tensors.add(tensor(file, graph.message()));
            }
        }
    }

    private static NamedShape tensor(Path file, WireReader tensor) throws IOException {
        List<Long> dims = new ArrayList<>();
        String name = "";
        while (tensor.next()) {
            if (tensor.field() == DIMS && tensor.isMessage()) {
                WireReader packed = tensor.message();
                while (!packed.atEnd()) {
                    dims.add(packed.varint());
                }
            } else if (tensor.field() == DIMS) {
                dims.add(tensor.value());
            } else if (tensor.field() == NAME && tensor.isMessage()) {
                name = tensor.text();
            }
        }
        if (name.isBlank() || dims.stream().anyMatch(size -> size < 0)) {
            throw ModelReader.problem(file, "an initializer has no name, or a negative size");
        }
        return NamedShape.of(name, dims);
    }
}
