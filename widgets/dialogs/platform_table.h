// Platforms to choose from, each with where it would run and how long it usually takes.
#pragma once

#include "items/plan_values.h"

#include <QTableWidget>

namespace layerline {

class PlatformTable : public QTableWidget {
    Q_OBJECT
public:
    explicit PlatformTable(QWidget* parent = nullptr);

    void setChoices(const std::vector<PlatformChoice>& choices);
    const std::vector<PlatformChoice>& choices() const { return m_choices; }
    /// Chooses what fits the architecture ("amd64") and nothing else; nothing happens when there is none.
    void chooseOnly(const std::string& arch);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    /// "native here", "native on node arm0", "emulated (QEMU ×9.3)", "not known yet", "not available"; translated.
    static QString whereText(const PlatformChoice& choice);

Q_SIGNALS:
    void choicesChanged();

private:
    void onItemChanged(QTableWidgetItem* item);

    std::vector<PlatformChoice> m_choices;
    bool m_filling = false;
};

} // namespace layerline
