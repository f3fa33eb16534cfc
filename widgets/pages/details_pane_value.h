// A value that wraps anywhere, and can be copied.
#pragma once

#include <QTextLayout>
#include <QWidget>

class QToolButton;

namespace layerline {

/// Unlike a QLabel it breaks digests and paths where the line ends. Focus it and press Ctrl+C, or use the button that
/// appears under the mouse: what is copied is what is seen.
class DetailsValue : public QWidget {
    Q_OBJECT
public:
    explicit DetailsValue(QWidget* parent = nullptr);

    void setText(const QString& text, bool fixedPitch, bool bad);
    const QString& text() const { return m_text; }
    /// Adds a button that shows or hides a secret value.
    void setRevealable(bool revealable, bool revealed);
    /// Shows the copy button all the time.
    void setCopyShown(bool shown);
    void copy();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {80, 20}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void revealToggled(bool revealed);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    QFont valueFont() const;
    double layOut(QTextLayout& layout, int width) const;
    int buttonsWidth() const;
    void placeButtons();
    void showCopy();

    QString m_text;
    bool m_fixed = false;
    bool m_bad = false;
    bool m_revealable = false;
    bool m_revealed = false;
    bool m_copyShown = false;
    QToolButton* m_copy;
    QToolButton* m_reveal;
};

/// Numbered lines of a Dockerfile, the failing ones marked.
class DetailsExcerpt : public QWidget {
    Q_OBJECT
public:
    explicit DetailsExcerpt(QWidget* parent = nullptr);
    void setLines(const QStringList& lines, int firstLine, const std::vector<std::pair<int, int>>& ranges);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }
    /// Is the line (1-based) marked as failing?
    bool marked(int line) const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int lineHeight() const;
    QStringList m_lines;
    int m_firstLine = 1;
    std::vector<std::pair<int, int>> m_ranges;
};

} // namespace layerline
