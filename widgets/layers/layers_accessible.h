// The Layers table for screen readers.
#pragma once

#include <QString>

namespace layerline {

class LayersTable;

/// Lets QAccessible read a LayersTable: its value is the current row. May be called any number of times.
void installLayersAccessibility();

/// "RUN npm run build; amd64 · native: 3.1 s; arm64 · QEMU: 31.0 s" of the current row; empty without one.
QString spokenRow(const LayersTable& table);

/// Tells a listening screen reader that another row is current.
void notifyLayersRow(LayersTable& table);

} // namespace layerline
